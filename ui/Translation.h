// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

namespace sb::ui {

/// The program's texts, and Qt's own, in the user's language for as long as this lives. Made after the application and
/// before the first widget; GUI thread.
class Translation {
public:
    /// `language` is the setting: "" = the system's, else "en" or "de", which then also rules how numbers and dates are
    /// written. A language without texts of its own gets the English ones: they hold the plural forms.
    /// `folder` holds signalbox_*.qm.
    explicit Translation(const QString& language, const QString& folder = QStringLiteral(":/i18n"));

    /// Of the texts in use, such as "de"; empty when there are none but those in the sources.
    QString language() const;

private:
    QTranslator m_texts;
    QTranslator m_qt;
};

} // namespace sb::ui
