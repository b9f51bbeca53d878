#include "ledger_totals.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

#include "derived_rows.hpp"

namespace postmoney::detail {

namespace {

constexpr auto year_keys = std::to_array<std::string_view>({"year", "currency"});
constexpr auto currency_keys = std::to_array<std::string_view>({"currency"});

// A sum rests in two columns, as known_high * 10^18 + known_low.
constexpr Int128 high_unit = 1'000'000'000'000'000'000;

[[noreturn]] void refuse_sum() {
    throw Error(
        ErrorCode::damaged,
        "a sum of all companies is none that companies give; the ledger is damaged: restore a backup");
}

void add_count(std::int64_t& count, std::int64_t change) {
    if (__builtin_add_overflow(count, change, &count)) refuse_sum();
}

[[nodiscard]] std::int64_t number_of(const SqlValue& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr) refuse_sum();
    return *number;
}

[[nodiscard]] std::string text_of(const SqlValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::string() : *text;
}

void add_amount(CompanySum& sum, const SqlValue& minor) {
    if (std::holds_alternative<std::monostate>(minor)) return;
    ++sum.amounts;
    sum.known += number_of(minor);
}

template <std::size_t Size>
[[nodiscard]] constexpr std::size_t index_of(const std::array<std::string_view, Size>& columns,
                                             std::string_view name) {
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
}

// "year = ?1 AND currency = ?2"
[[nodiscard]] std::string condition(std::span<const std::string_view> keys) {
    std::string text;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        text += (i == 0 ? "" : " AND ") + std::string(keys[i]) + " = ?" + std::to_string(i + 1);
    }
    return text;
}

[[nodiscard]] std::string insertion(std::string_view table, std::span<const std::string_view> keys) {
    std::string columns;
    std::string parameters;
    for (const std::string_view key : keys) {
        columns += std::string(key) + ", ";
        parameters += "?, ";
    }
    return "INSERT OR REPLACE INTO " + std::string(table) + " (" + columns +
           "companies, rounds, amounts, known_high, known_low) VALUES (" + parameters + "?, ?, ?, ?, ?)";
}

}  // namespace

void CompanySum::add(const CompanySum& other) {
    add_count(companies, other.companies);
    add_count(rounds, other.rounds);
    add_count(amounts, other.amounts);
    known += other.known;
}

CompanySums sums_by_year(std::span<const SqlRow> inflows) {
    constexpr std::size_t round = index_of(inflow_columns, "round");
    constexpr std::size_t date = index_of(inflow_columns, "date");
    constexpr std::size_t currency = index_of(inflow_columns, "currency");
    constexpr std::size_t minor = index_of(inflow_columns, "minor");
    CompanySums sums;
    std::map<std::vector<std::string>, std::set<SqlValue>> rounds;
    for (const SqlRow& row : inflows) {
        const std::vector<std::string> key{text_of(row[date]).substr(0, 4), text_of(row[currency])};
        CompanySum& sum = sums[key];
        sum.companies = 1;
        if (rounds[key].insert(row[round]).second) ++sum.rounds;
        add_amount(sum, row[minor]);
    }
    return sums;
}

CompanySums sums_by_currency(std::span<const SqlRow> totals) {
    constexpr std::size_t currency = index_of(total_columns, "currency");
    constexpr std::size_t known = index_of(total_columns, "known_minor");
    constexpr std::size_t rounds = index_of(total_columns, "rounds");
    CompanySums sums;
    for (const SqlRow& row : totals) {
        CompanySum& sum = sums[{text_of(row[currency])}];
        sum.companies = 1;
        add_count(sum.rounds, number_of(row[rounds]));
        add_amount(sum, row[known]);
    }
    return sums;
}

SumTable::SumTable(Connection& connection, std::string_view table, std::span<const std::string_view> keys)
    : select_(connection.handle(), "SELECT companies, rounds, amounts, known_high, known_low FROM " +
                                       std::string(table) + " WHERE " + condition(keys)),
      put_(connection.handle(), insertion(table, keys)),
      remove_(connection.handle(), "DELETE FROM " + std::string(table) + " WHERE " + condition(keys)) {}

void SumTable::replace(const CompanySums& before, const CompanySums& after) {
    for (const auto& [key, sum] : before) waiting_[key].add(sum.negated());
    for (const auto& [key, sum] : after) waiting_[key].add(sum);
}

void SumTable::write() {
    for (const auto& [key, change] : waiting_) {
        if (change != CompanySum{}) write(key, change);
    }
    waiting_.clear();
}

CompanySum SumTable::on_record(const std::vector<std::string>& key) {
    select_.reset();
    for (std::size_t i = 0; i < key.size(); ++i)
        select_.bind_at(static_cast<int>(i) + 1, std::string_view(key[i]));
    CompanySum sum;
    if (select_.step()) {
        sum = {select_.integer(0), select_.integer(1), select_.integer(2),
               Int128{select_.integer(3)} * high_unit + select_.integer(4)};
    }
    select_.reset();
    return sum;
}

void SumTable::write(const std::vector<std::string>& key, const CompanySum& change) {
    CompanySum sum = on_record(key);
    sum.add(change);
    if (sum.companies < 0 || sum.known < 0 ||
        sum.known / high_unit > std::numeric_limits<std::int64_t>::max())
        refuse_sum();
    Statement& statement = sum.companies == 0 ? remove_ : put_;
    statement.reset();
    int index = 0;
    for (const std::string& part : key) statement.bind_at(++index, std::string_view(part));
    if (sum.companies != 0) {
        for (const std::int64_t value :
             {sum.companies, sum.rounds, sum.amounts, static_cast<std::int64_t>(sum.known / high_unit),
              static_cast<std::int64_t>(sum.known % high_unit)})
            statement.bind_at(++index, value);
    }
    statement.run();
}

LedgerTotals::LedgerTotals(Connection& connection)
    : by_year_(connection, "year_total", year_keys),
      by_currency_(connection, "currency_total", currency_keys) {}

void LedgerTotals::replace_inflows(std::span<const SqlRow> before, std::span<const SqlRow> after) {
    by_year_.replace(sums_by_year(before), sums_by_year(after));
}

void LedgerTotals::replace_totals(std::span<const SqlRow> before, std::span<const SqlRow> after) {
    by_currency_.replace(sums_by_currency(before), sums_by_currency(after));
}

void LedgerTotals::write() {
    by_year_.write();
    by_currency_.write();
}

void LedgerTotals::forget() {
    by_year_.forget();
    by_currency_.forget();
}

}  // namespace postmoney::detail
