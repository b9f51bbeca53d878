#include "postmoney/value/withdrawal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/value/parity.hpp"

using namespace postmoney;

namespace {

// "MONTH REPLACEMENT", with - for what is not there.
std::string withdrawal(const Currency& unit) {
    const auto end = withdrawn(unit);
    const auto next = replaced_by(unit);
    return (end ? end->to_string() : "-") + " " + (next ? std::string(next->code()) : "-");
}

}  // namespace

TEST_CASE("each withdrawn code has the month of ISO 4217's list three, and what replaced it") {
    struct Row {
        std::string_view code;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"ADP", "2003-07 EUR"}, {"ZWR", "2009-06 ZWL"},  // the first and the last
             {"BGN", "2026-01 EUR"}, {"ANG", "2025-03 XCG"}, {"ZWL", "2024-09 ZWG"},  // recent
             {"SLL", "2023-12 SLE"}, {"HRK", "2023-01 EUR"}, {"CUC", "2021-06 CUP"},
             {"DEM", "2002-03 EUR"}, {"ROL", "2005-06 RON"}, {"TRL", "2005-12 TRY"},
             {"BYB", "2001-01 BYR"}, {"BYR", "2017-01 BYN"},  // what replaced it was withdrawn too
             {"VEB", "2008-01 VEF"}, {"VEF", "2018-08 VES"}, {"YUM", "2003-07 CSD"},
             {"CSD", "2006-10 RSD"}, {"USS", "2014-03 -"},   {"ECV", "2000-09 -"},
             {"ZWN", "2006-09 -"},                                            // replaced by none
             {"EUR", "- -"},         {"VED", "- -"},         {"XCG", "- -"},  // in use
         }) {
        CAPTURE(row.code);
        CHECK(withdrawal(Currency::iso(row.code)) == row.expected);
    }
    static_assert(withdrawn(Currency::iso("BGN")) == PartialDate::month(2026, 1));
}

TEST_CASE("a unit beyond ISO 4217 is never withdrawn, and one of a withdrawn code is that currency") {
    CHECK(withdrawal(Currency::user_defined("USDC", 6)) == "- -");
    CHECK(withdrawal(Currency::user_defined("PLZ", 2)) == "- -");
    CHECK(withdrawal(Currency::user_defined("DEMX", 2)) == "- -");
    CHECK(withdrawal(Currency::user_defined("DEM", 2)) == "2002-03 EUR");
}

TEST_CASE("codes were withdrawn by months of 1999 or later, each for another one") {
    std::size_t count = 0;
    for (const Currency& unit : iso_currencies()) {
        const auto end = withdrawn(unit);
        if (!end) continue;
        CAPTURE(unit.code());
        ++count;
        CHECK(end->precision() == DatePrecision::month);
        CHECK_FALSE(end->begun_by(PartialDate::day(1998, 12, 31).last_day()));
        CHECK(replaced_by(unit) != unit);
    }
    CHECK(count == 61);
}

TEST_CASE(
    "the currency of a parity is the one that replaced the other, by the end of the month at the latest") {
    for (const Parity& row : parities()) {
        CAPTURE(row.code);
        const Currency unit = Currency::iso(row.code);
        REQUIRE(withdrawn(unit));
        CHECK(replaced_by(unit) == Currency::iso(row.in));
        CHECK(row.from <= withdrawn(unit)->last_day() + date::days(1));
    }
}
