// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/repositories/ModelRepository.h"

#include "EngineTest.h"
#include "support/FakeClock.h"

using namespace sb;
using namespace sb::test;
using storage::ModelRepository;

namespace {

const Timestamp kNow = FakeClock().now();

class ModelRepositoryTest : public EngineTest {
protected:
    ModelRepository repository() { return ModelRepository(*db); }
};
SB_ON_BOTH_ENGINES(ModelRepositoryTest);

TEST_P(ModelRepositoryTest, prefixesResoldModelsOnce)
{
    EXPECT_EQ(ModelRepository::codeOf(ProviderKind::OpenAi, "gpt-4o"), "gpt-4o");
    EXPECT_EQ(ModelRepository::codeOf(ProviderKind::AzureOpenAi, "gpt-4o"), "azure/gpt-4o");
    EXPECT_EQ(ModelRepository::codeOf(ProviderKind::AwsBedrock, "bedrock/x"), "bedrock/x");
}

TEST_P(ModelRepositoryTest, makesAnUnknownModelOnce)
{
    const ModelId first = valueOf(repository().ensure("brand-new", ProviderKind::Mistral, kNow));
    EXPECT_FALSE(first.isNone());
    EXPECT_EQ(valueOf(repository().ensure("brand-new", ProviderKind::Mistral, kNow)), first);
    EXPECT_TRUE(valueOf(repository().prices(first)).empty());
}

TEST_P(ModelRepositoryTest, readsBackEveryPartOfAPrice)
{
    PriceRow price;
    price.model = valueOf(repository().ensure("brand-new", ProviderKind::Mistral, kNow));
    price.region = "eu";
    price.from = kNow;
    price.to = kNow + std::chrono::hours{24};
    price.input = 12'500'000; // USD 0.0125 per million
    price.output = 270'000'000'000;
    price.cacheRead = 0;
    price.reasoning = 5;
    price.webSearchNano = 10'000'000;
    price.source = "a test";
    price.id = valueOf(repository().insertPrice(price));
    EXPECT_EQ(valueOf(repository().price(price.id)), price);
}

TEST_P(ModelRepositoryTest, aNewPriceEndsTheOpenOneBeforeIt)
{
    PriceRow price;
    price.model = valueOf(repository().ensure("brand-new", ProviderKind::Mistral, kNow));
    price.from = kNow;
    price.source = "first";
    valueOf(repository().insertPrice(price));
    price.from = kNow + std::chrono::hours{10};
    price.source = "second";
    valueOf(repository().insertPrice(price));
    const auto prices = valueOf(repository().prices(price.model));
    ASSERT_EQ(prices.size(), 2u);
    EXPECT_EQ(prices[0].to, std::nullopt);
    EXPECT_EQ(prices[1].to, price.from);
}

TEST_P(ModelRepositoryTest, refusesAPriceThatOverlapsAnother)
{
    PriceRow price;
    price.model = valueOf(repository().ensure("brand-new", ProviderKind::Mistral, kNow));
    price.from = kNow;
    price.to = kNow + std::chrono::hours{10};
    valueOf(repository().insertPrice(price));
    price.from = kNow + std::chrono::hours{9};
    price.to.reset();
    const auto refused = repository().insertPrice(price);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
}

TEST_P(ModelRepositoryTest, refusesAPriceThatStartsWithinAnHour)
{
    PriceRow price;
    price.model = valueOf(repository().ensure("brand-new", ProviderKind::Mistral, kNow));
    price.from = kNow + std::chrono::minutes{1};
    const auto refused = repository().insertPrice(price);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
}

TEST_P(ModelRepositoryTest, theContractsViewShowsPricesPerThousandTokens)
{
    const auto row =
        valueOf(storage::selectOne(*db,
                                   QStringLiteral("SELECT CAST(input_price_per_1k AS text), CAST(output_price_per_1k "
                                                  "AS text), provider FROM models WHERE id = 'gpt-4o-mini'"),
                                   {}, [](const QSqlQuery& q) {
                                       return std::tuple{q.value(0).toString().toDouble(),
                                                         q.value(1).toString().toDouble(), q.value(2).toString()};
                                   }));
    EXPECT_EQ(row, std::tuple(0.00015, 0.0006, QStringLiteral("openai")));
}

} // namespace
