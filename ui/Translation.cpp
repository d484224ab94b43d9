// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace sb::ui {

Translation::Translation(const QString& language, const QString& folder)
{
    const QLocale own; // the system's, as nothing set another
    const QLocale chosen = language.isEmpty() ? own : QLocale(language);
    if (chosen.language() != own.language())
        QLocale::setDefault(chosen); // an Austrian who chose German keeps Austrian dates

    const QString name = QStringLiteral("signalbox");
    if (m_texts.load(chosen, name, QStringLiteral("_"), folder) || m_texts.load(name + QStringLiteral("_en"), folder))
        QCoreApplication::installTranslator(&m_texts);

    // Beside ours, or a dialog's standard buttons would speak another language than the dialog.
    if (m_qt.load(QLocale(m_texts.language()), QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}

QString Translation::language() const
{
    return m_texts.language();
}

} // namespace sb::ui
