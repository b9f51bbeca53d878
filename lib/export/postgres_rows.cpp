#include "export/postgres_rows.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "export/postgres_distribution.hpp"
#include "postmoney/value/timestamp.hpp"
#include "sql/migrations.hpp"

namespace postmoney::detail {

//--- Tables

bool ShippedTable::has(std::string_view column) const {
    return std::ranges::find(columns, column, &PublicColumn::name) != columns.end();
}

std::string ShippedTable::selected(std::size_t column) const {
    return column < there.added.size() ? there.added[column].from : columns[column].name;
}

PostgresSchema current_postgres_schema() {
    PostgresSchema schema;
    for (const Migration& migration : migrations()) {
        PostgresSchema next = postgres_schema(migration.sql);
        std::ranges::move(next.tables, std::back_inserter(schema.tables));
        std::ranges::move(next.indexes, std::back_inserter(schema.indexes));
        std::ranges::move(next.views, std::back_inserter(schema.views));
    }
    lay_out(schema);
    return schema;
}

std::vector<ShippedTable> shipped_tables(const Ledger& ledger, const PostgresSchema& schema) {
    std::vector<ShippedTable> tables;
    for (const PostgresTable& table : schema.tables) {
        ShippedTable& shipped = tables.emplace_back();
        shipped.there = table;
        for (const AddedColumn& added : table.added)
            shipped.columns.push_back(
                {.name = added.name,
                 .meaning = added.name == "recorded" ? ColumnMeaning::micros : ColumnMeaning::count});
        std::ranges::move(columns_of(ledger, table.name), std::back_inserter(shipped.columns));
    }
    return tables;
}

std::vector<std::string> first_column(const Ledger& ledger, const std::string& sql) {
    std::vector<std::string> texts;
    ledger.query(sql, {.row = [&](std::span<const SqlCell> row) {
                     const auto* number = std::get_if<std::int64_t>(row.data());
                     const auto* text = std::get_if<std::string_view>(row.data());
                     texts.push_back(number != nullptr ? std::to_string(*number)
                                     : text != nullptr ? std::string(*text)
                                                       : std::string());
                 }});
    return texts;
}

std::vector<std::int64_t> first_numbers(const Ledger& ledger, const std::string& sql) {
    std::vector<std::int64_t> numbers;
    ledger.query(sql, {.row = [&](std::span<const SqlCell> row) {
                     numbers.push_back(std::get<std::int64_t>(row.front()));
                 }});
    return numbers;
}

//--- What rows come to

RowTally::RowTally(const ShippedTable& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const PublicColumn& column = table.columns[i];
        if (column.meaning != ColumnMeaning::minor || column.currency.empty()) continue;
        const auto currency = std::ranges::find(table.columns, column.currency, &PublicColumn::name);
        sums_.push_back({.minor = i, .currency = static_cast<std::size_t>(currency - table.columns.begin())});
    }
}

void RowTally::add(std::span<const SqlCell> row) {
    ++rows_;
    for (Sums& sums : sums_) {
        const auto* minor = std::get_if<std::int64_t>(&row[sums.minor]);
        if (minor == nullptr) continue;
        const auto* code = std::get_if<std::string_view>(&row[sums.currency]);
        const std::string_view currency = code == nullptr ? std::string_view() : *code;
        auto sum = sums.by_currency.find(currency);
        if (sum == sums.by_currency.end())
            sum = sums.by_currency.emplace(currency, std::array<std::int64_t, 2>{}).first;
        sum->second[0] += *minor / part;
        sum->second[1] += *minor % part;
    }
}

RowTally tally_of(const Ledger& ledger, const ShippedTable& table) {
    RowTally tally(table);
    // Other columns are not needed; a NULL stands for them.
    std::vector<std::string> selected(table.columns.size(), "NULL");
    for (const RowTally::Sums& sums : tally.sums()) {
        selected[sums.minor] = table.selected(sums.minor);
        selected[sums.currency] = table.selected(sums.currency);
    }
    std::string list;
    for (const std::string& column : selected) list += (list.empty() ? "" : ", ") + column;
    ledger.query("SELECT " + list + " FROM " + table.there.name,
                 {.row = [&](std::span<const SqlCell> row) { tally.add(row); }});
    return tally;
}

//--- COPY

void CopyWriter::begin(const ShippedTable& table, std::string_view target) {
    table_ = &table;
    tally_.assign(1, RowTally(table));
    selected_.clear();
    std::string names;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        names += (i == 0 ? "" : ", ") + table.columns[i].name;
        selected_ += (i == 0 ? "" : ", ") + table.selected(i);
    }
    head_ = "COPY " + std::string(target) + " (" + names + ") FROM stdin;\n";
}

void CopyWriter::rows(const std::string& condition) {
    ledger_->query("SELECT " + selected_ + " FROM " + table_->there.name + condition,
                   {.row = [&](std::span<const SqlCell> row) {
                       if (tally_.front().rows() == 0) file_->write(head_);
                       write(row);
                       tally_.front().add(row);
                   }});
}

RowTally CopyWriter::end() {
    if (tally_.front().rows() > 0) file_->write("\\.\n\n");
    return std::move(tally_.front());
}

RowTally CopyWriter::copy(const ShippedTable& table, std::string_view target, const std::string& condition) {
    begin(table, target);
    rows(condition);
    return end();
}

void CopyWriter::write(std::span<const SqlCell> row) {
    line_.clear();
    std::size_t next = 0;
    if (table_->there.lies_by_company()) {
        const auto* party = std::get_if<std::int64_t>(row.data());
        line_ += std::to_string(homes_->of(party == nullptr ? 0 : *party));
        next = 1;
    }
    for (; next < row.size(); ++next) {
        if (next != 0) line_ += '\t';
        append(row[next], table_->columns[next]);
    }
    line_ += '\n';
    file_->write(line_);
}

void CopyWriter::append(const SqlCell& cell, const PublicColumn& column) {
    if (std::holds_alternative<std::monostate>(cell)) {
        line_ += "\\N";
    } else if (const auto* number = std::get_if<std::int64_t>(&cell); number != nullptr) {
        line_ += column.meaning == ColumnMeaning::micros ? Timestamp::from_microseconds(*number).to_string()
                                                         : std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string_view>(&cell); text != nullptr) {
        append_text(*text);
    } else if (const auto* blob = std::get_if<SqlBlob>(&cell); blob != nullptr) {
        append_bytes(blob->bytes);
    } else {
        throw Error(ErrorCode::damaged, "a value that is neither integer nor text; the ledger is damaged")
            .in_field(column.name);
    }
}

void CopyWriter::append_text(std::string_view text) {
    constexpr std::string_view signs = "\\\t\n\r";
    for (const char c : text) {
        const std::size_t sign = signs.find(c);
        if (sign == std::string_view::npos) {
            line_ += c;
        } else {
            line_ += '\\';
            line_ += std::string_view("\\tnr")[sign];
        }
    }
}

void CopyWriter::append_bytes(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    line_ += "\\\\x";
    for (const std::uint8_t byte : bytes) {
        line_ += digits[byte >> 4U];
        line_ += digits[byte & 15U];
    }
}

}  // namespace postmoney::detail
