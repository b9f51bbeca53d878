// Parity: a conversion that a law has fixed for good, of a currency that another one replaced.
//
//   const auto day = PartialDate::day(1999, 1, 1).last_day();
//   parity(Currency::iso("DEM"), Currency::iso("EUR"), day);   // 100000/195583; null on the day before
#pragma once

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct Parity {
    std::string_view code;    // of the currency that was replaced
    std::string_view in;      // of the one that replaced it
    std::string_view units;   // how many of the old come to one of the new, as the law writes it
    date::sys_days from;      // it holds from that day on, and never before
    std::string_view source;  // the law, or the amendment of ISO 4217
    date::sys_days until = date::sys_days::max();  // and before that one, where a code got another meaning
};

// All of them, by the code of the old currency.
[[nodiscard]] constexpr std::span<const Parity> parities() noexcept;

// How many units of `to` one of `from` is by law on a day, over any number of parities, exactly: 1 EUR
// is 1.95583 DEM and 6.55957 FRF, so that 1 DEM is 6.55957/1.95583 FRF. Null where they do not settle it.
[[nodiscard]] POSTMONEY_EXPORT std::optional<Ratio> parity(const Currency& from, const Currency& to,
                                                           date::sys_days day);

//--- Definitions ---

namespace detail {

[[nodiscard]] constexpr date::sys_days day_of(int year, unsigned month, unsigned day) noexcept {
    return date::sys_days(date::year(year) / date::month(month) / date::day(day));
}

// The euro: Article 1 of Council Regulation (EC) No 2866/98, and the regulations that amend it. The lev is
// the one that was fixed before its country joined: by Article 29 of the Law on the Bulgarian National Bank
// (a currency board) at the rate of the mark, so at that of the euro from 1999-01-01.
//
// These have no row, because no one ratio is that of all that was stated in the code: AFA (the notes of the
// north went at half the value of the others), RUR (used for the rubles before and after 1998), ZWD, ZWN and
// ZWR (ZWD was the code of two dollars, ZWL that of 2009 and of another in 2019).
inline constexpr std::array parity_rows{
    Parity{"ANG", "XCG", "1", day_of(2025, 3, 31), "ISO 4217 amendment 176"},
    Parity{"AOR", "AOA", "1000000", day_of(1999, 12, 1), "Law No 11/99 of Angola"},
    Parity{"ATS", "EUR", "13.7603", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"AZM", "AZN", "5000", day_of(2006, 1, 1), "ISO 4217, redenomination of the manat"},
    Parity{"BEF", "EUR", "40.3399", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"BGL", "BGN", "1000", day_of(1999, 7, 5), "Law on the Re-denomination of the Lev, Article 1"},
    Parity{"BGN", "EUR", "1.95583", day_of(1999, 1, 1),
           "Law on the Bulgarian National Bank, Article 29; Regulation (EU) 2025/1409"},
    Parity{"BYB", "BYR", "1000", day_of(2000, 1, 1), "ISO 4217, redenomination of the ruble of Belarus"},
    Parity{"BYR", "BYN", "10000", day_of(2016, 7, 1), "Decree No 450 of the President of Belarus"},
    Parity{"CSD", "RSD", "1", day_of(2006, 10, 25), "ISO 4217 amendment 134"},
    Parity{"CYP", "EUR", "0.585274", day_of(2008, 1, 1), "Regulation (EC) No 1135/2007"},
    Parity{"DEM", "EUR", "1.95583", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"EEK", "EUR", "15.6466", day_of(2011, 1, 1), "Regulation (EU) No 671/2010"},
    Parity{"ESP", "EUR", "166.386", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"FIM", "EUR", "5.94573", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"FRF", "EUR", "6.55957", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"GHC", "GHS", "10000", day_of(2007, 7, 1), "ISO 4217, redenomination of the cedi"},
    Parity{"GRD", "EUR", "340.750", day_of(2001, 1, 1), "Regulation (EC) No 1478/2000"},
    Parity{"HRK", "EUR", "7.53450", day_of(2023, 1, 1), "Regulation (EU) 2022/1208"},
    Parity{"IEP", "EUR", "0.787564", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"ITL", "EUR", "1936.27", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"LTL", "EUR", "3.45280", day_of(2015, 1, 1), "Regulation (EU) No 851/2014"},
    Parity{"LUF", "EUR", "40.3399", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"LVL", "EUR", "0.702804", day_of(2014, 1, 1), "Regulation (EU) No 870/2013"},
    Parity{"MGF", "MGA", "5", day_of(2003, 8, 1), "Law No 2003-004 of Madagascar"},
    Parity{"MRO", "MRU", "10", day_of(2018, 1, 1), "ISO 4217 amendment 165"},
    Parity{"MTL", "EUR", "0.429300", day_of(2008, 1, 1), "Regulation (EC) No 1134/2007"},
    Parity{"MZM", "MZN", "1000", day_of(2006, 7, 1), "ISO 4217, redenomination of the metical"},
    Parity{"NLG", "EUR", "2.20371", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"PTE", "EUR", "200.482", day_of(1999, 1, 1), "Regulation (EC) No 2866/98"},
    Parity{"ROL", "RON", "10000", day_of(2005, 7, 1), "Law No 348/2004 of Romania"},
    Parity{"SDD", "SDG", "100", day_of(2007, 1, 10), "ISO 4217, the pound of Sudan for the dinar"},
    Parity{"SIT", "EUR", "239.640", day_of(2007, 1, 1), "Regulation (EC) No 1086/2006"},
    Parity{"SKK", "EUR", "30.1260", day_of(2009, 1, 1), "Regulation (EC) No 694/2008"},
    Parity{"SLL", "SLE", "1000", day_of(2022, 7, 1), "ISO 4217 amendments 171 to 175"},
    Parity{"SRG", "SRD", "1000", day_of(2004, 1, 1), "ISO 4217 amendment 121"},
    Parity{"STD", "STN", "1000", day_of(2018, 1, 1), "ISO 4217 amendment 164"},
    Parity{"TJR", "TJS", "1000", day_of(2000, 10, 30), "Decree No 415 of the President of Tajikistan"},
    Parity{"TMM", "TMT", "5000", day_of(2009, 1, 1), "ISO 4217, redenomination of the manat"},
    Parity{"TRL", "TRY", "1000000", day_of(2005, 1, 1), "Law No 5083 of Turkey"},
    Parity{"VEB", "VEF", "1000", day_of(2008, 1, 1), "Decree No 5229 of Venezuela"},
    // On 2021-10-01 the bolivar lost six zeros and kept its code: one VES is a million of the VES before.
    Parity{"VEF", "VES", "100000", day_of(2018, 8, 20), "ISO 4217 amendment 168", day_of(2021, 10, 1)},
    // ISO 4217 gives the month: the dinar of Serbia for that of Yugoslavia.
    Parity{"YUM", "CSD", "1", day_of(2003, 7, 31), "ISO 4217, amendment of July 2003"},
    Parity{"ZMK", "ZMW", "1000", day_of(2013, 1, 1), "Re-denomination of Currency Act 2012 of Zambia"},
    Parity{"ZWL", "ZWG", "2498.7242", day_of(2024, 4, 5), "Statutory Instrument 60 of 2024 of Zimbabwe"}};

// Follows a currency to what replaced it, and that one to what replaced it in turn. Calls `visit(row)` for
// each parity on the way, of those that hold on the day; without a day, of all of them. Returns the last
// code.
template <class Visit>
constexpr std::string_view follow_parities(std::string_view code, std::optional<date::sys_days> day,
                                           const Visit& visit) {
    const auto holds = [&](const Parity& row) {
        return row.code == code && (!day || (row.from <= *day && *day < row.until));
    };
    for (auto row = std::find_if(parity_rows.begin(), parity_rows.end(), holds); row != parity_rows.end();
         row = std::find_if(parity_rows.begin(), parity_rows.end(), holds)) {
        visit(*row);
        code = row->in;
    }
    return code;
}

}  // namespace detail

constexpr std::span<const Parity> parities() noexcept {
    return detail::parity_rows;
}

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/parity-inl.hpp"
#endif
