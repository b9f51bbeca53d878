// What every value, enumeration and id can do: print, be hashed, be compared.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>
#include <sstream>
#include <string>
#include <type_traits>
#include <unordered_set>

#include "../refusal.hpp"
#include "postmoney/core.hpp"
#include "postmoney/fmt.hpp"
#include "postmoney/ledger/head.hpp"

using namespace postmoney;
using namespace postmoney::literals;
using postmoney::test::refusal;

namespace {

template <class T>
std::string printed(const T& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

// Prints, formats and is a key of a set, each as its text says.
template <class T>
void check_words(const T& value, const T& other, std::string_view text) {
    CHECK(printed(value) == text);
    CHECK(fmt::format("{}", value) == text);
    const std::unordered_set<T> values{value, other, value};
    CHECK(values.size() == 2);
    CHECK(value == T(value));
    CHECK(value != other);
}

template <class... Kinds>
constexpr bool all_kinds_compare(const std::variant<Kinds...>*) {
    return ((std::is_default_constructible_v<Kinds> && std::equality_comparable<Kinds>)&&...);
}

}  // namespace

// Kinds are made empty, and compared.
static_assert(all_kinds_compare(static_cast<const EntryContent*>(nullptr)));
static_assert(std::equality_comparable<Entry>);

// So are answers.
static_assert(std::equality_comparable<Claim>);
static_assert(std::equality_comparable<Dossier>);
static_assert(std::equality_comparable<ResolvedCompany>);
static_assert(std::equality_comparable<RoundFigures>);
static_assert(std::equality_comparable<PriceStep>);
static_assert(std::equality_comparable<YearlyRevenue>);
static_assert(std::equality_comparable<SharePriceStep>);
static_assert(std::equality_comparable<LatestSharePrice>);
static_assert(std::equality_comparable<LatestValuation>);
static_assert(std::equality_comparable<StatedFact>);
static_assert(std::equality_comparable<Position>);
static_assert(std::equality_comparable<Investment>);
static_assert(std::equality_comparable<LeftOut>);
static_assert(std::equality_comparable<UsedRate>);
static_assert(std::equality_comparable<Total>);
static_assert(std::equality_comparable<Finding>);
static_assert(std::equality_comparable<MarketShare>);
static_assert(std::equality_comparable<model::RoundOutcome>);
static_assert(std::equality_comparable<model::ExitOutcome>);

static_assert("2024-12"_date == PartialDate::month(2024, 12));
static_assert("2024-12-24T09:30:00Z"_time == Timestamp::parse("2024-12-24T09:30:00Z"));

TEST_CASE("values print, are formatted and are keys by what they say") {
    check_words("1.50"_decimal, "2"_decimal, "1.50");
    check_words("1500.50 USD"_money, "1500.50 EUR"_money, "1500.50 USD");
    check_words("about 6 billion USD"_amount, "6 billion USD"_amount, "about 6 billion USD");
    check_words(Quantity::parse("at least 3"), Quantity::parse("3"), "at least 3");
    check_words(Currency::iso("USD"), Currency::iso("EUR"), "USD");
    check_words("2024-Q4"_date, "2024-10"_date, "2024-Q4");
    check_words("2024-12-24T09:30:00.5Z"_time, "2024-12-24T09:30:00Z"_time, "2024-12-24T09:30:00.5Z");
    check_words(ShareCount::parse("1000.5"), ShareCount(), "1000.5");
    check_words(SplitRatio(3, 1), SplitRatio(6, 2), "3:1");
    check_words(PricePerShare::parse("11.970 USD"), PricePerShare::parse("11.97 USD"), "11.970 USD");
    check_words(Ratio::of("1"_decimal, "3"_decimal), Ratio("3"_decimal), "1/3");
    check_words(EntryId{}, EntryId{{1}}, std::string(64, '0'));
    check_words(ChainId{}, ChainId{{1}}, std::string(32, '0'));
    check_words(Head{}, Head{.chain = ChainId{{1}}, .hash = {}}, Head{}.to_string());
}

TEST_CASE("enumerations print and are read by their words") {
    check_words(Instrument::safe, Instrument::convertible_note, "safe");
    check_words(EntryKind::stated_total, EntryKind::round, "stated_total");
    check_words(ErrorCode::bad_amount, ErrorCode::io, "bad-amount");
    check_words(Severity::warning, Severity::ok, "warning");
    check_words(Rounding::half_even, Rounding::never, "half_even");
    check_words(DatePrecision::quarter, DatePrecision::day, "quarter");
    check_words(Agreement::not_comparable, Agreement::agree, "not-comparable");
    check_words(model::DayCount::thirty_e_360, model::DayCount::actual_360, "30e/360");
    CHECK(parse<Instrument>("safe") == Instrument::safe);
    CHECK(parse<ValuationBasis>("post-money") == ValuationBasis::post_money);
    CHECK(parse<model::AntiDilution>("none") == model::AntiDilution::none);
    CHECK(refusal([] { static_cast<void>(parse<SourceType>("gossip")); }) ==
          "got \"gossip\", expected filing, company, database, press or rumour [bad-word]");
}

TEST_CASE("a date says its parts as far as it was stated, and is a calendar's day both ways") {
    CHECK("2024-12-23"_date.year() == 2024);
    CHECK("2024-12-23"_date.quarter() == 4);
    CHECK("2024-12-23"_date.month() == 12);
    CHECK("2024-12-23"_date.day() == 23);
    CHECK("2024-05"_date.quarter() == 2);
    CHECK("2024-05"_date.day() == std::nullopt);
    CHECK("2024-Q3"_date.quarter() == 3);
    CHECK("2024-Q3"_date.month() == std::nullopt);
    CHECK("2024"_date.year() == 2024);
    CHECK("2024"_date.quarter() == std::nullopt);
    using namespace std::chrono;
    constexpr year_month_day day{year{2024}, month{2}, std::chrono::day{29}};
    static_assert(PartialDate::day(day) == "2024-02-29"_date);
    static_assert("2024-02-29"_date.to_ymd() == day);
    CHECK("2024-02"_date.to_ymd() == std::nullopt);
    CHECK(refusal([] {
              static_cast<void>(PartialDate::day(year_month_day{year{2023}, month{2}, std::chrono::day{29}}));
          }) ==
          "got \"2023-2-29\", expected a date that the calendar has, in the years 0001 to 9999 [bad-date]");
}

TEST_CASE("an amount of a sum with a qualifier has the words that people write") {
    struct Row {
        Amount amount;
        std::string_view text;
    };
    const Money sum = "6000000000 USD"_money;
    for (const Row& row : {
             Row{Amount::about(sum), "about 6 billion USD"},
             Row{Amount::at_least(sum), "at least 6 billion USD"},
             Row{Amount::at_most(sum), "at most 6 billion USD"},
             Row{Amount::more_than(sum), "more than 6 billion USD"},
             Row{Amount::less_than(sum), "less than 6 billion USD"},
             Row{Amount::about("77593.50 USD"_money), "about 77593.50 USD"},
             Row{Amount::between("5000000000 USD"_money, sum), "between 5 and 6 billion USD"},
             Row{Amount::between("900000000 USD"_money, sum), "between 900 million and 6 billion USD"},
             Row{Amount::between("5000 USD"_money, sum), "between 5000 and 6000000000 USD"},
             Row{Amount::between("5000 USD"_money, "6000 USD"_money), "between 5000 and 6000 USD"},
         }) {
        CHECK(row.amount.to_string() == row.text);
        CHECK(Amount::parse(row.text) == row.amount);
    }
    CHECK(refusal([&] { static_cast<void>(Amount::about(-sum)); }) ==
          "got \"-6\", expected a number that is not negative [out-of-range]");
    CHECK(refusal([&] { static_cast<void>(Amount::between(sum, "1 USD"_money)); }) ==
          "got \"between 6000000000.00 USD and 1.00 USD\", expected the lower end first [out-of-range]");
    CHECK(refusal([&] {
              static_cast<void>(Amount::between(sum, "1 EUR"_money));
          }).ends_with("[mixed-currencies]"));
}

TEST_CASE("lists of a few values need no container") {
    CHECK("100 USD"_money.allocate({1, 1, 1})[0] == "33.34 USD"_money);
    CHECK("100 USD"_money.allocate({"0.5"_decimal, "1.5"_decimal})[1] == "75 USD"_money);
    CHECK(median({"1 USD"_money, "5 USD"_money, "2 USD"_money}, Rounding::never) == "2 USD"_money);
}

TEST_CASE("what has to be set in an entry is refused as long as it is not") {
    const auto refused = [](EntryContent content) {
        return refusal([&] { check_form(Entry{.content = std::move(content)}); });
    };
    CHECK(refused(Valuation{.company = "Acme"}) ==
          "field \"on\": got \"0001\", expected the date of what is stated [missing-field]");
    CHECK(refused(MarketTotal{.market = "AI"}) ==
          "field \"period\": got \"0001\", expected the date of what is stated [missing-field]");
    CHECK(refused(Split{.company = "Acme", .on = "2024"_date}) ==
          "field \"ratio\": got \"0:0\", expected the ratio of the split [missing-field]");
    CHECK(refused(FxRate{.base = Currency::iso("EUR"), .on = "2024"_date}) ==
          "field \"rate\": got \"0\", expected a rate above 0 [out-of-range]");
}
