// Random rounds written as CSV in every style that a map can name, and read back.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <sstream>
#include <string>
#include <vector>

#include "postmoney/postmoney.hpp"

using namespace postmoney;

namespace {

// How one table writes its numbers, dates and names.
struct Style {
    std::string decimal;
    std::string group;  // what stands in the map
    std::string group_text;
    std::string unit;
    std::int32_t unit_power;
    std::string format;
    std::string separator;
    std::string delimiter;
    bool investor_rows;
};

struct Round {
    std::int64_t cents;
    int year;
    int month;
    int day;
    int investors;
};

std::string grouped(const std::string& digits, const Style& style) {
    std::string result;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::size_t left = digits.size() - i;
        const bool indian = style.group == "indian";
        const bool ends_group = indian ? left == 3 || (left > 3 && left % 2 == 1) : left % 3 == 0;
        if (i != 0 && ends_group) result += style.group_text;
        result += digits[i];
    }
    return result;
}

// The amount in the style's units, exactly.
std::string amount_text(const Round& round, const Style& style) {
    std::string digits = std::to_string(round.cents);
    const auto decimals = static_cast<std::size_t>(2 + style.unit_power);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    return grouped(digits.substr(0, digits.size() - decimals), style) + style.decimal +
           digits.substr(digits.size() - decimals);
}

std::string two(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string date_text(const Round& round, const std::string& format) {
    const std::vector<std::string> names{"janvier", "February", "März",      "aprile", "mayo",      "junho",
                                         "Juli",    "août",     "settembre", "oct.",   "noviembre", "Dez"};
    if (format == "DD/MM/YYYY")
        return two(round.day) + "/" + two(round.month) + "/" + std::to_string(round.year);
    if (format == "M-D-YY")
        return std::to_string(round.month) + "-" + std::to_string(round.day) + "-" + two(round.year % 100);
    if (format == "D MMM YYYY")
        return std::to_string(round.day) + " " + names.at(static_cast<std::size_t>(round.month - 1)) + " " +
               std::to_string(round.year);
    if (format == "spreadsheet-days") {
        const auto days = date::sys_days(date::year{round.year} / round.month / round.day) -
                          date::sys_days(date::year{1899} / 12 / 30);
        return std::to_string(days.count()) + ".25";
    }
    return std::to_string(round.year) + "-" + two(round.month) + "-" + two(round.day) + "T10:00:00Z";
}

std::string investor_text(const Round& round, const std::string& separator) {
    std::string text;
    for (int i = 0; i < round.investors; ++i)
        text.append(text.empty() ? "" : separator).append("Fund " + std::to_string(i));
    return text;
}

std::string table_of(const std::vector<Round>& rounds, const Style& style) {
    const std::string& d = style.delimiter;
    std::string table = "c" + d + "r" + d + "d" + d + "a" + d + "i\r\n";
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        const Round& round = rounds[i];
        const std::string begin = "Company " + std::to_string(i) + d + "Seed" + d +
                                  date_text(round, style.format) + d + "\"" + amount_text(round, style) +
                                  "\"" + d + "\"";
        if (!style.investor_rows) {
            table += begin + investor_text(round, style.separator) + "\"\r\n";
            continue;
        }
        for (int k = 0; k < round.investors; ++k) table += begin + "Fund " + std::to_string(k) + "\"\r\n";
    }
    return table;
}

CsvMap map_of(const Style& style) {
    std::string json =
        R"({"table": "rounds", "columns": {"company": "c", "name": "r", "announced": "d", "raised": "a",
        "investor": "i"}, "currency": "EUR", "zero": "disclosed", "century_turn": 70)";
    const auto add = [&](const std::string& member, const std::string& value) {
        json += ", \"" + member + "\": " + value;
    };
    add("decimal", "\"" + style.decimal + "\"");
    if (!style.group.empty()) add("grouping", "\"" + style.group + "\"");
    add("units", R"({"raised": ")" + (style.unit.empty() ? std::string("one") : style.unit) + "\"}");
    if (!style.format.empty()) add("date_formats", "[\"" + style.format + "\"]");
    add("delimiter", "\"" + style.delimiter + "\"");
    add("separator", "\"" + style.separator + "\"");
    if (style.investor_rows) add("investor_rows", "true");
    return read_csv_map(json + "}");
}

Style any_style() {
    const auto [decimal, group, group_text] =
        *rc::gen::element<std::tuple<std::string, std::string, std::string>>(
            std::tuple{".", "", ""}, std::tuple{",", "", ""}, std::tuple{".", ",", ","},
            std::tuple{",", ".", "."}, std::tuple{".", "'", "\u2019"}, std::tuple{",", " ", "\u202f"},
            std::tuple{",", " ", "\u00a0"}, std::tuple{".", " ", " "}, std::tuple{".", "indian", ","});
    const auto [unit, power] = *rc::gen::element<std::pair<std::string, std::int32_t>>(
        std::pair{"", 0}, std::pair{"thousand", 3}, std::pair{"million", 6}, std::pair{"billion", 9},
        std::pair{"lakh", 5}, std::pair{"cr", 7});
    return {decimal,
            group,
            group_text,
            unit,
            power,
            *rc::gen::element<std::string>("", "DD/MM/YYYY", "M-D-YY", "D MMM YYYY", "spreadsheet-days"),
            *rc::gen::element<std::string>(";", "|", " / ", " and "),
            *rc::gen::element<std::string>(",", ";", "\\t"),
            *rc::gen::arbitrary<bool>()};
}

}  // namespace

TEST_CASE("rounds written in any style that a map names are read back the same") {
    CHECK(rc::check([] {
        Style style = any_style();
        const auto rounds = *rc::gen::container<std::vector<Round>>(rc::gen::apply(
            [](std::int64_t cents, int year, int month, int day, int investors) {
                return Round{cents, year, month, day, investors};
            },
            rc::gen::inRange<std::int64_t>(0, 10'000'000'000'000), rc::gen::inRange(1970, 2070),
            rc::gen::inRange(1, 13), rc::gen::inRange(1, 29), rc::gen::inRange(1, 5)));
        const CsvMap map = map_of(style);
        RC_ASSERT(to_json(read_csv_map(to_json(map))) == to_json(map));
        style.delimiter = std::string(1, map.delimiter);
        Ledger ledger = Ledger::in_memory();
        std::istringstream in(table_of(rounds, style));
        const CsvReport report = import_csv(ledger, in, "t.csv", map);
        RC_ASSERT(report.refused.empty());
        for (std::size_t i = 0; i < rounds.size(); ++i) {
            const std::string company = "Company " + std::to_string(i);
            const std::vector<Total> totals = ledger.total_raised(company);
            RC_ASSERT(totals.size() == 1U);
            RC_ASSERT(totals.front().known->minor() == rounds[i].cents);
            const Dossier dossier = ledger.dossier(company);
            const auto day = PartialDate::day(rounds[i].year, rounds[i].month, rounds[i].day);
            int investors = 0;
            for (const Claim& claim : dossier.claims) {
                if (const auto* round = std::get_if<RoundStatement>(&claim.entry.content))
                    RC_ASSERT(round->announced == day);
                if (std::holds_alternative<Participation>(claim.entry.content)) ++investors;
            }
            RC_ASSERT(investors == rounds[i].investors);
        }
    }));
}
