#include "postmoney/value/parity.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "postmoney/value/partial_date.hpp"

using namespace postmoney;

namespace {

date::sys_days law_day(std::string_view text) {
    return PartialDate::parse(text).last_day();
}

std::optional<Ratio> parity_of(std::string_view from, std::string_view to, std::string_view on) {
    return parity(Currency::iso(from), Currency::iso(to), law_day(on));
}

}  // namespace

TEST_CASE("each parity is the figure of its law, from its day on and never before") {
    struct Row {
        std::string_view code;
        std::string_view in;
        std::string_view units;
        std::string_view from;
    };
    const std::vector<Row> rows{// Article 1 of Regulation (EC) No 2866/98, and those that amend it
                                {"BEF", "EUR", "40.3399", "1999-01-01"},
                                {"DEM", "EUR", "1.95583", "1999-01-01"},
                                {"ESP", "EUR", "166.386", "1999-01-01"},
                                {"FRF", "EUR", "6.55957", "1999-01-01"},
                                {"IEP", "EUR", "0.787564", "1999-01-01"},
                                {"ITL", "EUR", "1936.27", "1999-01-01"},
                                {"LUF", "EUR", "40.3399", "1999-01-01"},
                                {"NLG", "EUR", "2.20371", "1999-01-01"},
                                {"ATS", "EUR", "13.7603", "1999-01-01"},
                                {"PTE", "EUR", "200.482", "1999-01-01"},
                                {"FIM", "EUR", "5.94573", "1999-01-01"},
                                {"GRD", "EUR", "340.750", "2001-01-01"},
                                {"SIT", "EUR", "239.640", "2007-01-01"},
                                {"CYP", "EUR", "0.585274", "2008-01-01"},
                                {"MTL", "EUR", "0.429300", "2008-01-01"},
                                {"SKK", "EUR", "30.1260", "2009-01-01"},
                                {"EEK", "EUR", "15.6466", "2011-01-01"},
                                {"LVL", "EUR", "0.702804", "2014-01-01"},
                                {"LTL", "EUR", "3.45280", "2015-01-01"},
                                {"HRK", "EUR", "7.53450", "2023-01-01"},
                                // a currency board before the euro
                                {"BGN", "EUR", "1.95583", "1999-01-01"},
                                // redenominations, each by the law or the amendment that the table names
                                {"AOR", "AOA", "1000000", "1999-12-01"},
                                {"BGL", "BGN", "1000", "1999-07-05"},
                                {"BYB", "BYR", "1000", "2000-01-01"},
                                {"CSD", "RSD", "1", "2006-10-25"},
                                {"MGF", "MGA", "5", "2003-08-01"},
                                {"SRG", "SRD", "1000", "2004-01-01"},
                                {"TJR", "TJS", "1000", "2000-10-30"},
                                {"YUM", "CSD", "1", "2003-07-31"},
                                {"ZWL", "ZWG", "2498.7242", "2024-04-05"},
                                {"AZM", "AZN", "5000", "2006-01-01"},
                                {"BYR", "BYN", "10000", "2016-07-01"},
                                {"GHC", "GHS", "10000", "2007-07-01"},
                                {"MRO", "MRU", "10", "2018-01-01"},
                                {"MZM", "MZN", "1000", "2006-07-01"},
                                {"ROL", "RON", "10000", "2005-07-01"},
                                {"SDD", "SDG", "100", "2007-01-10"},
                                {"SLL", "SLE", "1000", "2022-07-01"},
                                {"STD", "STN", "1000", "2018-01-01"},
                                {"TMM", "TMT", "5000", "2009-01-01"},
                                {"TRL", "TRY", "1000000", "2005-01-01"},
                                {"VEB", "VEF", "1000", "2008-01-01"},
                                {"VEF", "VES", "100000", "2018-08-20"},
                                {"ZMK", "ZMW", "1000", "2013-01-01"},
                                {"ANG", "XCG", "1", "2025-03-31"}};
    CHECK(parities().size() == rows.size());
    for (const Row& row : rows) {
        CAPTURE(row.code);
        const Ratio units = Ratio(Decimal::parse(row.units));
        CHECK(parity_of(row.in, row.code, row.from) == units);
        CHECK(parity_of(row.code, row.in, row.from) == units.inverse());
        const auto before = law_day(row.from) - date::days(1);
        CHECK(parity(Currency::iso(row.code), Currency::iso(row.in), before) == std::nullopt);
        CHECK(*parity_of(row.code, row.in, row.from) * *parity_of(row.in, row.code, row.from) ==
              Ratio(Decimal(1)));
    }
}

TEST_CASE("the table of parities is in the order of the codes, and says where each is from") {
    const auto less = [](const Parity& a, const Parity& b) { return a.code < b.code; };
    CHECK(std::is_sorted(parities().begin(), parities().end(), less));
    for (const Parity& row : parities()) {
        CHECK(Currency::find_iso(row.code).has_value());
        CHECK(Currency::find_iso(row.in).has_value());
        CHECK_FALSE(row.source.empty());
    }
}

TEST_CASE("parities follow one another, and meet") {
    CHECK(parity_of("DEM", "FRF", "2001-01-01") ==
          Ratio::of(Decimal::parse("6.55957"), Decimal::parse("1.95583")));
    CHECK(parity_of("VEB", "VES", "2018-08-20") == Ratio::of(Decimal(1), Decimal(100'000'000)));
    CHECK(parity_of("VEB", "VES", "2018-08-19") == std::nullopt);
    CHECK(parity_of("BYB", "BYN", "2016-07-01") == Ratio::of(Decimal(1), Decimal(10'000'000)));
    CHECK(parity_of("EUR", "BGL", "1999-07-05") == Ratio(Decimal::parse("1955.83")));
    CHECK(parity_of("YUM", "RSD", "2006-10-25") == Ratio(Decimal(1)));
    CHECK(parity_of("USD", "USD", "1990-01-01") == Ratio(Decimal(1)));
    CHECK(parity_of("USD", "EUR", "2024-01-01") == std::nullopt);
    CHECK(parity_of("HRK", "DEM", "2022-12-31") == std::nullopt);
    CHECK(parity_of("HRK", "BGN", "2023-01-01") ==
          Ratio::of(Decimal::parse("1.95583"), Decimal::parse("7.5345")));
}

TEST_CASE("the bolivar of 2021 has the code of the one before, and no parity") {
    CHECK(parity_of("VEF", "VES", "2021-09-30") == Ratio::of(Decimal(1), Decimal(100'000)));
    CHECK(parity_of("VEF", "VES", "2021-10-01") == std::nullopt);
    CHECK(parity_of("VES", "VED", "2022-01-01") == std::nullopt);
    CHECK(parity_of("VED", "VEB", "2022-01-01") == std::nullopt);
}

TEST_CASE("a code that meant two currencies, or one that went at two ratios, has no parity") {
    CHECK(parity_of("AFA", "AFN", "2003-01-02") == std::nullopt);
    CHECK(parity_of("RUR", "RUB", "2004-01-31") == std::nullopt);
    CHECK(parity_of("ZWD", "ZWR", "2008-08-31") == std::nullopt);
    CHECK(parity_of("ZWR", "ZWG", "2024-04-05") == std::nullopt);
}
