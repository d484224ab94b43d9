// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/QtLogSink.h"

#include <QLoggingCategory>
#include <QString>

#include <map>
#include <mutex>
#include <string>

namespace sb::runtime {

namespace {

/// QLoggingCategory keeps a pointer to its name.
struct Category {
    explicit Category(std::string_view library)
        : name("signalbox." + std::string(library)), category(name.c_str(), QtInfoMsg)
    {
    }
    std::string name;
    QLoggingCategory category;
};

} // namespace

struct QtLogSink::Impl {
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<Category>, std::less<>> categories;

    QLoggingCategory& category(std::string_view library)
    {
        const std::lock_guard lock(mutex);
        auto found = categories.find(library);
        if (found == categories.end())
            found = categories.emplace(std::string(library), std::make_unique<Category>(library)).first;
        return found->second->category;
    }
};

QtLogSink::QtLogSink() : m_impl(std::make_unique<Impl>()) {}
QtLogSink::~QtLogSink() = default;

void QtLogSink::write(LogLevel level, std::string_view library, std::string_view message)
{
    QLoggingCategory& category = m_impl->category(library);
    const QMessageLogger logger(nullptr, 0, nullptr, category.categoryName());
    const QString text = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
    switch (level) {
    case LogLevel::Debug:
        if (category.isDebugEnabled())
            logger.debug().noquote() << text;
        break;
    case LogLevel::Info:
        if (category.isInfoEnabled())
            logger.info().noquote() << text;
        break;
    case LogLevel::Warning:
        if (category.isWarningEnabled())
            logger.warning().noquote() << text;
        break;
    case LogLevel::Error:
        if (category.isCriticalEnabled())
            logger.critical().noquote() << text;
        break;
    }
}

} // namespace sb::runtime
