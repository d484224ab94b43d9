// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Secret.h"
#include "kit/SecretEdit.h"
#include "kit/UiText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>

#include <functional>
#include <utility>
#include <vector>

namespace sb::ui {

/// Binds each widget to one value of a draft, once; `load` fills the form, `read` fills the draft, `isDirty` compares
/// with what was loaded. `access` names the value: `[](ServiceDraft& d) -> std::string& { return d.service.name; }`.
/// Listens to textChanged, as assistive technology emits nothing else. Owns no widget; lives as long as the form.
template <class Draft>
class FormBinder {
public:
    using TextAccess = std::function<std::string&(Draft&)>;

    void text(QLineEdit* edit, TextAccess access)
    {
        add([=](Draft& d) { edit->setText(UiText::qs(access(d))); },
            [=](Draft& d) { access(d) = edit->text().toStdString(); }, [=] { return edit->text(); });
        QObject::connect(edit, &QLineEdit::textChanged, edit, [this] { changed(); });
    }

    void text(QPlainTextEdit* edit, TextAccess access)
    {
        add([=](Draft& d) { edit->setPlainText(UiText::qs(access(d))); },
            [=](Draft& d) { access(d) = edit->toPlainText().toStdString(); }, [=] { return edit->toPlainText(); });
        QObject::connect(edit, &QPlainTextEdit::textChanged, edit, [this] { changed(); });
    }

    void checked(QAbstractButton* box, std::function<bool&(Draft&)> access)
    {
        add([=](Draft& d) { box->setChecked(access(d)); }, [=](Draft& d) { access(d) = box->isChecked(); },
            [=] { return QString::number(int(box->isChecked())); });
        QObject::connect(box, &QAbstractButton::toggled, box, [this] { changed(); });
    }

    /// The combo box's item data holds the enum's number.
    template <class Enum>
    void choice(QComboBox* combo, std::function<Enum&(Draft&)> access)
    {
        add([=](Draft& d) { combo->setCurrentIndex(combo->findData(static_cast<int>(access(d)))); },
            [=](Draft& d) { access(d) = static_cast<Enum>(combo->currentData().toInt()); },
            [=] { return combo->currentText(); });
        QObject::connect(combo, &QComboBox::currentIndexChanged, combo, [this] { changed(); });
    }

    /// A choice that several buttons show together: `show` sets them, `chosen` reads them.
    template <class Enum>
    void choice(const std::vector<QAbstractButton*>& buttons, std::function<void(Enum)> show,
                std::function<Enum()> chosen, std::function<Enum&(Draft&)> access)
    {
        add([=](Draft& d) { show(access(d)); }, [=](Draft& d) { access(d) = chosen(); },
            [=] { return QString::number(static_cast<int>(chosen())); });
        for (QAbstractButton* button : buttons)
            QObject::connect(button, &QAbstractButton::toggled, button, [this] { changed(); });
    }

    /// Only read: a secret is never written back into a widget.
    void secret(SecretEdit* edit, std::function<Secret&(Draft&)> access)
    {
        add([](Draft&) {}, [=](Draft& d) { access(d) = edit->secret(); },
            [=] { return edit->text().isEmpty() ? QString() : QStringLiteral("*"); });
        m_bindings.back().isSecret = true;
        QObject::connect(edit, &QLineEdit::textChanged, edit, [this] { changed(); });
    }

    /// The same for what is legible of a credential: the id of a key.
    void secret(QLineEdit* edit, std::function<Secret&(Draft&)> access)
    {
        add([](Draft&) {}, [=](Draft& d) { access(d) = Secret(edit->text().trimmed().toStdString()); },
            [=] { return edit->text(); });
        m_bindings.back().isSecret = true;
        QObject::connect(edit, &QLineEdit::textChanged, edit, [this] { changed(); });
    }

    void onChanged(std::function<void()> callback) { m_onChanged = std::move(callback); }

    void load(Draft& draft)
    {
        m_loading = true;
        for (const Binding& binding : m_bindings)
            binding.load(draft);
        m_loading = false;
        m_loaded = shown();
    }

    void read(Draft& draft) const
    {
        for (const Binding& binding : m_bindings)
            binding.read(draft);
    }

    bool isDirty() const { return shown() != m_loaded; }
    /// What is shown now, for markClean() when that is saved; something else may be typed meanwhile.
    using State = std::vector<QString>;
    State state() const { return shown(); }
    void markClean(State saved)
    {
        m_loaded = std::move(saved);
        for (std::size_t i = 0; i < m_bindings.size(); ++i) {
            if (m_bindings[i].isSecret)
                m_loaded[i].clear(); // saved, it is no longer in the form
        }
    }

private:
    struct Binding {
        std::function<void(Draft&)> load;
        std::function<void(Draft&)> read;
        std::function<QString()> shown;
        bool isSecret = false;
    };

    void add(std::function<void(Draft&)> load, std::function<void(Draft&)> read, std::function<QString()> shown)
    {
        m_bindings.push_back({std::move(load), std::move(read), std::move(shown)});
        m_loaded.push_back({});
    }

    State shown() const
    {
        State values;
        for (const Binding& binding : m_bindings)
            values.push_back(binding.shown());
        return values;
    }

    void changed()
    {
        if (!m_loading && m_onChanged)
            m_onChanged();
    }

    std::vector<Binding> m_bindings;
    State m_loaded;
    std::function<void()> m_onChanged;
    bool m_loading = false;
};

} // namespace sb::ui
