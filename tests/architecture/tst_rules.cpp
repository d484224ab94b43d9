// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each rule is shown something that it must find: a scan that finds nothing proves nothing.
#include "architecture/SourceRules.h"

#include <gtest/gtest.h>

using sb::test::Breach;
using sb::test::checkSource;

namespace {

std::string source(std::string_view body)
{
    return "// SPDX-FileCopyrightText: 2026 The Signalbox authors\n// SPDX-License-Identifier: "
           "GPL-3.0-or-later\n#pragma once\n" +
           std::string(body) + "\n";
}

struct Row {
    const char* path;
    const char* body;
    const char* rule; ///< empty: allowed
};

class Rules : public testing::TestWithParam<Row> {};

} // namespace

TEST_P(Rules, findsTheBreachAndNothingElse)
{
    const Row& row = GetParam();
    const std::vector<Breach> breaches = checkSource(row.path, source(row.body));
    if (std::string_view(row.rule).empty()) {
        EXPECT_TRUE(breaches.empty()) << breaches.front().rule;
    } else {
        ASSERT_EQ(breaches.size(), 1u);
        EXPECT_EQ(breaches.front().rule, row.rule);
        EXPECT_EQ(breaches.front().line, 4);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Rules,
    testing::Values(
        Row{"app/gateway/Gateway.h", "#include <QString>", "the data plane and the vocabulary are free of Qt"},
        Row{"app/storage/DbSession.h", "#include <QString>", ""},
        Row{"app/runtime/AppContext.cpp", "#include <QWidget>",
            "app/ has no widgets: signalboxctl must run without them"},
        Row{"ui/home/HomePage.cpp", "#include <QWidget>", ""},
        Row{"ui/home/HomePage.cpp", "#include <QLineSeries>", "Qt Charts stays behind ui/charts"},
        Row{"ui/charts/ChartView.cpp", "#include <QLineSeries>", ""},
        Row{"app/limits/LimitTable.cpp", "#include <boost/asio/post.hpp>",
            "Asio is confined to http, gateway and simulator"},
        Row{"app/gateway/Gateway.h", "#include <boost/asio/post.hpp>", "no Asio in a public header"},
        Row{"app/gateway/internal/Worker.h", "#include <boost/asio/post.hpp>", ""},
        Row{"app/limits/LimitTable.cpp", "#include <boost/json/value.hpp>",
            "Boost.JSON is confined to the libraries that read wire formats"},
        Row{"app/runtime/GatewayHost.cpp", "#include \"gateway/internal/Worker.h\"",
            "internal/ is private to its folder"},
        Row{"app/gateway/Gateway.cpp", "#include \"gateway/internal/Worker.h\"", ""},
        Row{"ui/requests/RequestsPage.cpp", "#include <QSqlQuery>", "SQL lives in app/storage"},
        Row{"ui/home/HomePage.cpp", "future.waitForFinished();", "the GUI thread never waits"},
        Row{"ui/home/HomePage.cpp", "// future.waitForFinished() would block", ""},
        Row{"ui/home/HomePage.cpp", "QEventLoop loop;", "the GUI thread never waits"},
        Row{"ui/home/HomePage.cpp", "dialog.exec();", "dialogs are opened, not executed"},
        Row{"ui/main.cpp", "return app.exec();", ""},
        Row{"ui/home/HomePage.cpp", "future.then(this, next);",
            "QFuture::then with a context is unsafe on Qt 6.4: use async/OnResult.h"},
        Row{"app/gateway/Gateway.cpp", "co_await run([x] { return x; });",
            "GCC 12 miscompiles a capturing lambda inside co_await: name it first"},
        Row{"app/gateway/Gateway.cpp", "co_await run(named);", ""},
        Row{"app/settings/AppSettings.h", "static AppSettings& instance();", "no singletons"},
        Row{"app/base/Result.h", "using namespace std;", "no using namespace in headers"},
        Row{"app/http/TlsContext.cpp", "ctx.set_verify_mode(ssl::verify_none);", "certificates are always verified"},
        Row{"app/ctl/main.cpp", "system(\"ls\");", "no shell"},
        Row{"app/ctl/main.cpp", "// TODO: later", "finish it or say it in an issue"}));

TEST(Rules, everySourceSaysItsLicence)
{
    const auto breaches = checkSource("app/base/Error.cpp", "int x;\n");
    ASSERT_EQ(breaches.size(), 1u);
    EXPECT_EQ(breaches.front().rule, "two SPDX lines on top");
}
