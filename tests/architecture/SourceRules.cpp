// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/SourceRules.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>

namespace sb::test {

namespace {

// Libraries of the data plane and everything below it: no Qt, so that ThreadSanitizer can be held to zero reports.
const std::set<std::string_view> kQtFree{"base",    "domain", "zones",     "journal",   "protocol",  "catalog",
                                         "pricing", "tokens", "limits",    "analytics", "providers", "http",
                                         "gateway", "config", "simulator", "routing"};
// The only folders whose sources may see the network and JSON libraries' headers.
const std::set<std::string_view> kAsio{"http", "simulator", "gateway"};
const std::set<std::string_view> kJson{"providers", "simulator", "gateway", "config", "storage",
                                       "promptlab", "runtime",   "ctl",     "reports"};

struct Place {
    std::string_view top;    // "app", "ui", "tests"
    std::string_view folder; // "http"
    bool isHeader = false;
};

Place placeOf(std::string_view path)
{
    Place place;
    const std::size_t first = path.find('/');
    place.top = path.substr(0, first);
    if (first != std::string_view::npos) {
        const std::string_view rest = path.substr(first + 1);
        const std::size_t second = rest.find('/');
        place.folder = second == std::string_view::npos ? std::string_view{} : rest.substr(0, second);
    }
    place.isHeader = path.ends_with(".h");
    return place;
}

std::string includeOf(std::string_view line)
{
    static const std::regex kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::match_results<std::string_view::const_iterator> match;
    return std::regex_search(line.begin(), line.end(), match, kInclude) ? match[1].str() : std::string();
}

bool isQt(std::string_view include)
{
    return include.starts_with("Qt") || include.starts_with("qt6keychain") || include.starts_with("qtkeychain") ||
           (include.size() > 1 && include[0] == 'Q' && include[1] >= 'A' && include[1] <= 'Z');
}

bool isWidget(std::string_view include)
{
    static const std::array kPrefixes{"QtWidgets", "QtGui",       "QWidget",      "QDialog",        "QMainWindow",
                                      "QPainter",  "QPixmap",     "QIcon",        "QLabel",         "QPushButton",
                                      "QLineEdit", "QMessageBox", "QApplication", "QGuiApplication"};
    return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](std::string_view p) { return include.starts_with(p); });
}

std::string checkInclude(const Place& place, std::string_view include)
{
    if (place.top == "app" && kQtFree.contains(place.folder) && isQt(include))
        return "the data plane and the vocabulary are free of Qt";
    if (place.top == "app" && isWidget(include))
        return "app/ has no widgets: signalboxctl must run without them";
    if (place.top == "app" && include.starts_with("kit/"))
        return "app/ does not know ui/";
    if (place.top == "ui" && place.folder != "charts" &&
        (include.starts_with("QtCharts") || include.starts_with("QChart") || include.starts_with("QBarSet") ||
         include.starts_with("QLineSeries") || include.starts_with("QAreaSeries") || include.starts_with("QValueAxis")))
        return "Qt Charts stays behind ui/charts";
    const bool asio = include.starts_with("boost/asio") || include.starts_with("boost/beast");
    if (asio && place.top == "ui")
        return "the user interface does not do its own networking";
    if (asio && place.top == "app" && !kAsio.contains(place.folder))
        return "Asio is confined to http, gateway and simulator";
    if (include.starts_with("boost/json") && place.top == "app" && !kJson.contains(place.folder))
        return "Boost.JSON is confined to the libraries that read wire formats";
    if (include.starts_with("boost/") && place.top == "ui")
        return "the user interface uses Qt";
    if ((include == "QSqlQuery" || include == "QSqlDatabase" || include.starts_with("QtSql")) &&
        !(place.top == "app" && place.folder == "storage") && place.top != "tests")
        return "SQL lives in app/storage";
    return {};
}

struct Pattern {
    std::regex regex;
    const char* rule;
    bool (*applies)(const Place&, std::string_view path);
    bool inComments = false; // look at the whole line, not only at code
};

bool everywhere(const Place& place, std::string_view)
{
    return place.top == "app" || place.top == "ui";
}
bool inUi(const Place& place, std::string_view)
{
    return place.top == "ui";
}
bool inHeaders(const Place& place, std::string_view)
{
    return place.isHeader;
}
bool inQtHalf(const Place& place, std::string_view)
{
    return place.top == "ui" || (place.top == "app" && !kQtFree.contains(place.folder));
}

const std::array kPatterns{
    Pattern{std::regex(
                R"(\bwaitForFinished\s*\(|\bQEventLoop\b|\bprocessEvents\s*\(|\b(sleep|usleep|msleep|sleep_for)\s*\()"),
            "the GUI thread never waits", inUi},
    // QApplication::exec in main.cpp is the one event loop.
    Pattern{std::regex(R"((->|\.)exec\s*\(\s*\))"), "dialogs are opened, not executed",
            [](const Place& place, std::string_view path) { return place.top == "ui" && path != "ui/main.cpp"; }},
    Pattern{std::regex(R"(\.then\s*\(\s*(this|context|parent|[A-Za-z_]+\.get\(\))\s*,)"),
            "QFuture::then with a context is unsafe on Qt 6.4: use async/OnResult.h", inQtHalf},
    Pattern{std::regex(R"(co_await[^;]*\[[^\]\n]+\]\s*(\(|\{))"),
            "GCC 12 miscompiles a capturing lambda inside co_await: name it first", everywhere},
    Pattern{std::regex(R"(\b(instance|Instance|getInstance|sharedInstance)\s*\(\s*\)\s*(;|->|\.)?)"), "no singletons",
            [](const Place& place, std::string_view path) { return everywhere(place, path) && place.isHeader; }},
    Pattern{std::regex(R"(^\s*using\s+namespace\b)"), "no using namespace in headers", inHeaders},
    Pattern{std::regex(R"(\b(QSettings|qputenv|qsrand|rand)\s*\(\s*\))"), "no process-wide state", everywhere},
    Pattern{std::regex(R"(\bsetIgnoreSslErrors|ignoreSslErrors\s*\(|verify_none\b)"),
            "certificates are always verified", everywhere},
    Pattern{std::regex(R"(\bsystem\s*\(|\bpopen\s*\()"), "no shell", everywhere},
    Pattern{std::regex(R"(\b(TODO|FIXME|XXX|HACK)\b)"), "finish it or say it in an issue", everywhere, true},
};

} // namespace

std::string codeOnly(std::string_view text)
{
    std::string out(text);
    enum class In { Code, Line, Block, String, Char, Raw } in = In::Code;
    std::string rawEnd;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        switch (in) {
        case In::Code:
            if (c == '/' && next == '/') {
                in = In::Line;
                out[i] = ' ';
            } else if (c == '/' && next == '*') {
                in = In::Block;
                out[i] = ' ';
            } else if (c == 'R' && next == '"') {
                const std::size_t paren = text.find('(', i);
                if (paren != std::string_view::npos) {
                    rawEnd = ")" + std::string(text.substr(i + 2, paren - i - 2)) + "\"";
                    in = In::Raw;
                }
            } else if (c == '"') {
                in = In::String;
            } else if (c == '\'' && !(i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0)) {
                in = In::Char; // not a digit separator
            }
            break;
        case In::Line:
            if (c == '\n')
                in = In::Code;
            else
                out[i] = ' ';
            break;
        case In::Block:
            if (c == '*' && next == '/') {
                out[i] = out[i + 1] = ' ';
                ++i;
                in = In::Code;
            } else if (c != '\n') {
                out[i] = ' ';
            }
            break;
        case In::String:
        case In::Char:
            if (c == '\\') {
                out[i] = ' ';
                if (i + 1 < text.size() && text[i + 1] != '\n')
                    out[++i] = ' ';
            } else if (c == (in == In::String ? '"' : '\'')) {
                in = In::Code;
            } else if (c != '\n') {
                out[i] = ' ';
            }
            break;
        case In::Raw:
            if (text.substr(i).starts_with(rawEnd)) {
                i += rawEnd.size() - 1;
                in = In::Code;
            } else if (c != '\n') {
                out[i] = ' ';
            }
            break;
        }
    }
    return out;
}

std::vector<Breach> checkSource(std::string_view path, std::string_view text)
{
    std::vector<Breach> breaches;
    const Place place = placeOf(path);
    const auto report = [&](int line, std::string rule, std::string_view what) {
        breaches.push_back({std::string(path), line, std::move(rule), std::string(what)});
    };

    if (!text.substr(0, 400).starts_with("// SPDX-FileCopyrightText:") ||
        text.substr(0, 400).find("SPDX-License-Identifier: GPL-3.0-or-later") == std::string_view::npos)
        report(1, "two SPDX lines on top", {});
    if (place.isHeader && text.find("#pragma once") == std::string_view::npos)
        report(1, "#pragma once", {});

    const std::string code = codeOnly(text);
    int lineNumber = 0;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, end - start);
        const std::string codeLine = code.substr(start, end - start);
        ++lineNumber;
        if (const std::string include = includeOf(line); !include.empty()) {
            if (std::string rule = checkInclude(place, include); !rule.empty())
                report(lineNumber, std::move(rule), line);
            const bool asio = include.starts_with("boost/asio") || include.starts_with("boost/beast");
            if (asio && path.starts_with("app/gateway/") && place.isHeader &&
                !path.starts_with("app/gateway/internal/") && !path.starts_with("app/gateway/stages/"))
                report(lineNumber, "no Asio in a public header", line);
            const std::size_t internal = include.find("/internal/");
            if (internal != std::string::npos && place.top == "app" &&
                std::string_view(include).substr(0, internal) != place.folder)
                report(lineNumber, "internal/ is private to its folder", line);
        }
        for (const Pattern& pattern : kPatterns) {
            if (!pattern.applies(place, path))
                continue;
            if (std::regex_search(pattern.inComments ? std::string(line) : codeLine, pattern.regex))
                report(lineNumber, pattern.rule, line);
        }
        start = end + 1;
    }
    return breaches;
}

} // namespace sb::test
