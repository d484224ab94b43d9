// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/PromptRunRepository.h"

#include "storage/SqlValues.h"

#include <limits>

namespace sb::storage {
namespace {

const QString kColumns = QStringLiteral("at_us, target, model, env_id, system_text, user_text, parameters, answer, "
                                        "raw_request, raw_answer, http_status, error, ttft_ms, total_ms, "
                                        "tokens_per_second, tokens_in, tokens_out, cost_nano, request_id");

/// PostgreSQL's text takes no NUL.
QVariant textValue(const std::string& value)
{
    QString text = sql::text(value);
    text.replace(QChar(u'\0'), QChar(0xFFFD));
    return text;
}

QVariant optionalCount(const std::optional<std::uint64_t>& count)
{
    return count ? sql::bind(static_cast<std::int64_t>(*count)) : QVariant();
}

PromptRun runOf(const QSqlQuery& q)
{
    return {.id = sql::int64Of(q.value(0)),
            .time = sql::timeOf(q.value(1)),
            .target = sql::textOf(q.value(2)),
            .model = sql::textOf(q.value(3)),
            .environment = sql::idOf<EnvironmentId>(q.value(4)),
            .systemText = sql::textOf(q.value(5)),
            .userText = sql::textOf(q.value(6)),
            .parameters = sql::textOf(q.value(7)),
            .answer = sql::textOf(q.value(8)),
            .rawRequest = sql::textOf(q.value(9)),
            .rawAnswer = sql::textOf(q.value(10)),
            .httpStatus = sql::intOf(q.value(11)),
            .error = sql::textOf(q.value(12)),
            .ttftMs = sql::optionalOf<std::uint32_t>(q.value(13)),
            .totalMs = sql::optionalOf<std::uint32_t>(q.value(14)),
            .tokensPerSecond = q.value(15).isNull() ? std::nullopt : std::optional(q.value(15).toDouble()),
            .tokensIn = sql::optionalOf<std::uint64_t>(q.value(16)),
            .tokensOut = sql::optionalOf<std::uint64_t>(q.value(17)),
            .cost = sql::optionalMoneyOf(q.value(18)),
            .requestId = sql::textOf(q.value(19))};
}

} // namespace

Result<std::int64_t> PromptRunRepository::insert(const PromptRun& run)
{
    const QString searchKey =
        sql::text(run.target + '\n' + run.model + '\n' + run.systemText + '\n' + run.userText + '\n' + run.answer)
            .replace(QChar(u'\0'), QChar(0xFFFD))
            .toCaseFolded();
    return insertReturningId(m_db,
                             QStringLiteral("INSERT INTO prompt_run(%1, search_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                            "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                            "RETURNING id")
                                 .arg(kColumns),
                             {sql::bind(run.time),
                              textValue(run.target),
                              textValue(run.model),
                              sql::bind(run.environment),
                              textValue(run.systemText),
                              textValue(run.userText),
                              sql::bind(run.parameters.empty() ? "{}" : run.parameters),
                              textValue(run.answer),
                              textValue(run.rawRequest),
                              textValue(run.rawAnswer),
                              sql::bind(run.httpStatus),
                              textValue(run.error),
                              sql::bind(run.ttftMs),
                              sql::bind(run.totalMs),
                              sql::bind(run.tokensPerSecond),
                              optionalCount(run.tokensIn),
                              optionalCount(run.tokensOut),
                              sql::bind(run.cost),
                              textValue(run.requestId),
                              searchKey});
}

Result<std::vector<PromptRun>> PromptRunRepository::page(std::int64_t beforeId, const std::string& search, int limit)
{
    QString pattern = sql::text(search).toCaseFolded();
    pattern.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'%', QStringLiteral("\\%"))
        .replace(u'_', QStringLiteral("\\_"));
    const std::int64_t before = beforeId > 0 ? beforeId : std::numeric_limits<std::int64_t>::max();
    return selectAll(
        m_db,
        QStringLiteral(
            "SELECT id, %1 FROM prompt_run WHERE id < ? AND search_key LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?")
            .arg(kColumns),
        {sql::bind(before), u'%' + pattern + u'%', sql::bind(limit)}, runOf);
}

Result<void> PromptRunRepository::remove(std::int64_t id)
{
    auto removed = execute(m_db, QStringLiteral("DELETE FROM prompt_run WHERE id = ?"), {sql::bind(id)});
    if (!removed)
        return std::move(removed).error();
    if (*removed == 0)
        return Error{ErrorCode::NotFound, "no such run"};
    return {};
}

} // namespace sb::storage
