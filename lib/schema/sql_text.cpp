#include "schema/sql_text.hpp"

#include <cstdint>
#include <limits>

#include "postmoney/value/detail/compiled.hpp"
#include "schema/end_of_time.hpp"

namespace POSTMONEY_NAMESPACE::detail {

namespace {

// The text with each `$` replaced.
[[nodiscard]] std::string filled(std::string_view pattern, const std::string& value) {
    std::string text;
    for (const char c : pattern) {
        if (c == '$') {
            text += value;
        } else {
            text += c;
        }
    }
    return text;
}

}  // namespace

std::string last_day_sql(const std::string& column) {
    return filled(
        "CASE length($) WHEN 10 THEN $ WHEN 4 THEN $ || '-12-31'\n"
        "    ELSE date(iif(substr($, 6, 1) = 'Q',\n"
        "                  printf('%s-%02d', substr($, 1, 4), 3 * substr($, 7)), $) || '-01',\n"
        "              '+1 month', '-1 day') END",
        column);
}

std::string whole_part_sql(const std::string& column) {
    return filled("CAST(substr($, 1, instr($ || '.', '.') - 1) AS INTEGER)", column);
}

std::string fraction_sql(const std::string& column) {
    return filled("CAST(substr(substr($, instr($ || '.', '.') + 1) || '0000000000', 1, 10) AS INTEGER)",
                  column);
}

std::string one_of_sql(const std::string& column, std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        text += (text.empty() ? "" : " OR ") + column + " = '" + std::string(word) + "'";
    }
    return text;
}

std::string decimal_sql(const std::string& minor, const std::string& unit) {
    return filled("iif($ IS NULL, NULL, printf(" + unit + ".format, $ / " + unit + ".minor_per_unit, $ % " +
                      unit + ".minor_per_unit))",
                  minor);
}

std::string signed_decimal_sql(const std::string& minor, const std::string& unit) {
    return filled("iif($ < 0, '-', '') || ", minor) + decimal_sql("abs(" + minor + ")", unit);
}

std::string used_rate_sql(const std::string& row) {
    return filled(
        "NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = $.entry) AND NOT EXISTS (SELECT 1 "
        "FROM outranked_rate o WHERE o.entry = $.entry AND o.known_to = " +
            std::to_string(end_of_time) + ")",
        row);
}

std::string time_sql(const std::string& microseconds) {
    return filled("strftime('%Y-%m-%dT%H:%M:%S', $ / 1000000, 'unixepoch') || printf('.%06dZ', $ % 1000000)",
                  microseconds);
}

std::string source_of_sql(const std::string& entry) {
    return filled("(SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = $)", entry);
}

std::string standing_source_sql(const std::string& first_entry) {
    return filled(
        "(SELECT o.entry FROM source o JOIN entry oe ON oe.entry = o.entry\n"
        "    WHERE (o.entry = $ OR (o.first_entry = $ AND o.first_entry <> o.entry))\n"
        "      AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = o.entry)\n"
        "    ORDER BY oe.recorded DESC, oe.id DESC LIMIT 1)",
        first_entry);
}

namespace {

// The digits of 2^63 - 1 ahead of the last ones, and these.
struct Split {
    std::string high;
    std::string low;
    std::string unit;  // 10^digits
};
[[nodiscard]] Split split_of_largest(int digits) {
    const std::string largest = std::to_string(std::numeric_limits<std::int64_t>::max());
    const std::size_t at = largest.size() - static_cast<std::size_t>(digits);
    return {largest.substr(0, at), largest.substr(at),
            "1" + std::string(static_cast<std::size_t>(digits), '0')};
}

}  // namespace

std::string sum_minor_sql(const std::string& high, const std::string& low, int digits) {
    const Split largest = split_of_largest(digits);
    return "iif(" + high + " < " + largest.high + " OR (" + high + " = " + largest.high + " AND " + low +
           " <= " + largest.low + "), " + high + " * " + largest.unit + " + " + low + ", NULL)";
}

std::string sum_decimal_sql(const std::string& high, const std::string& low, int digits,
                            const std::string& unit) {
    const std::string text = "printf('%d%0" + std::to_string(digits) + "d', " + high + ", " + low + ")";
    return "CASE WHEN " + high + " IS NULL THEN NULL WHEN " + high + " = 0 THEN " + decimal_sql(low, unit) +
           " WHEN " + unit + ".decimals = 0 THEN " + text + " ELSE substr(" + text + ", 1, length(" + text +
           ") - " + unit + ".decimals) || '.' || substr(" + text + ", -" + unit + ".decimals) END";
}

std::string inflow_sums_sql() {
    return "count(DISTINCT i.company) AS companies, count(DISTINCT i.round) AS rounds,\n"
           "             iif(sum(i.currency IS NOT NULL AND i.minor IS NULL) > 0, NULL,\n"
           "                 sum(i.minor / 1000000000) + sum(i.minor % 1000000000) / 1000000000) AS "
           "billions,\n"
           "             sum(i.minor % 1000000000) % 1000000000 AS rest,\n"
           "             count(DISTINCT iif(i.currency IS NOT NULL AND i.minor IS NULL, i.round, NULL)) AS "
           "rounds_untold";
}

std::string typed_sql(const std::string& expression) {
    const std::string type = "SELECT minor FROM inflow typed WHERE 0";
    return "(" + type + " UNION ALL SELECT " + expression + " UNION ALL " + type + ")";
}

std::string type_check_sql(const std::string& column, std::string_view type, bool may_be_null) {
    // A column of text turns numbers into text by itself, so that only blobs are left: they come after all
    // texts.
    if (type == "TEXT") return column + " < x''";
    return may_be_null ? "typeof(" + column + ") IN ('integer', 'null')"
                       : "typeof(" + column + ") = 'integer'";
}

std::string no_update_sql(const std::string& table) {
    return filled(
        "CREATE TRIGGER $_no_update BEFORE UPDATE ON $\n"
        "BEGIN SELECT RAISE(ABORT, 'append-only: $ rows never change'); END;\n",
        table);
}

std::string no_delete_sql(const std::string& table) {
    return filled(
        "CREATE TRIGGER $_no_delete BEFORE DELETE ON $\n"
        "BEGIN SELECT RAISE(ABORT, 'append-only: $ rows are never deleted'); END;\n",
        table);
}

std::string no_replace_sql(const std::string& table, const std::vector<std::string>& keys) {
    std::string when;
    for (const std::string& key : keys) {
        when += (when.empty() ? "WHEN " : "\n    OR ") + filled("EXISTS (SELECT 1 FROM $ WHERE ", table) +
                key + ")";
    }
    return filled("CREATE TRIGGER $_no_replace BEFORE INSERT ON $\n", table) + when +
           filled("\nBEGIN SELECT RAISE(ROLLBACK, 'append-only: $ rows are never replaced'); END;\n", table);
}

}  // namespace POSTMONEY_NAMESPACE::detail
