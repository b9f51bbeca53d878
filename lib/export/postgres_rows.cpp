#include "export/postgres_rows.hpp"

#include <algorithm>
#include <iterator>
#include <variant>

#include "postmoney/value/timestamp.hpp"
#include "schema/end_of_time.hpp"
#include "sql/migrations.hpp"

namespace postmoney::detail {

namespace {

// Writes rows in the text format of COPY.
class CopyWriter {
  public:
    CopyWriter(const Ledger& ledger, OutputFile& file) : ledger_(&ledger), file_(&file) {}

    void begin(const ShippedTable& table, const std::string& target) {
        table_ = &table;
        names_.clear();
        for (const PublicColumn& column : table.columns) names_ += (names_.empty() ? "" : ", ") + column.name;
        file_->write("COPY " + target + " (" + names_ + ") FROM stdin;\n");
    }
    // Rows for which the condition holds, which may be empty. How many.
    std::int64_t rows(const std::string& condition) {
        std::int64_t count = 0;
        ledger_->query("SELECT " + names_ + " FROM " + table_->there.name + condition,
                       {.row = [&](std::span<const SqlCell> row) {
                           write(row);
                           ++count;
                       }});
        return count;
    }
    void end() { file_->write("\\.\n\n"); }

    std::int64_t copy(const ShippedTable& table, const std::string& target, const std::string& condition) {
        begin(table, target);
        const std::int64_t count = rows(condition);
        end();
        return count;
    }

  private:
    void write(std::span<const SqlCell> row) {
        line_.clear();
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i != 0) line_ += '\t';
            append(row[i], table_->columns[i]);
        }
        line_ += '\n';
        file_->write(line_);
    }
    void append(const SqlCell& cell, const PublicColumn& column) {
        if (std::holds_alternative<std::monostate>(cell)) {
            line_ += "\\N";
        } else if (const auto* number = std::get_if<std::int64_t>(&cell); number != nullptr) {
            line_ += column.meaning == ColumnMeaning::micros
                         ? Timestamp::from_microseconds(*number).to_string()
                         : std::to_string(*number);
        } else if (const auto* text = std::get_if<std::string_view>(&cell); text != nullptr) {
            append_text(*text);
        } else if (const auto* blob = std::get_if<SqlBlob>(&cell); blob != nullptr) {
            append_bytes(blob->bytes);
        } else {
            throw Error(ErrorCode::damaged, "a value that is neither integer nor text; run verify")
                .in_field(column.name);
        }
    }
    void append_text(std::string_view text) {
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
    void append_bytes(std::span<const std::uint8_t> bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        line_ += "\\\\x";
        for (const std::uint8_t byte : bytes) {
            line_ += digits[byte >> 4U];
            line_ += digits[byte & 15U];
        }
    }

    const Ledger* ledger_;
    OutputFile* file_;
    const ShippedTable* table_ = nullptr;
    std::string names_;
    std::string line_;
};

// Rows of some companies; as many at once as a statement holds.
std::int64_t copy_companies(CopyWriter& writer, const ShippedTable& table,
                            std::span<const std::string> companies) {
    constexpr std::size_t most = 10'000;
    std::int64_t count = 0;
    writer.begin(table, table.there.name);
    while (!companies.empty()) {
        const auto some = companies.first(std::min(most, companies.size()));
        std::string list;
        for (const std::string& company : some) list += (list.empty() ? "" : ", ") + company;
        count += writer.rows(" WHERE company IN (" + list + ")");
        companies = companies.subspan(some.size());
    }
    writer.end();
    return count;
}

// Of a table of what is recorded the rows that came since; of another one rows that replace those there.
std::int64_t write_table_since(CopyWriter& writer, OutputFile& file, const ShippedTable& table,
                               const SinceHead& since) {
    const std::string& name = table.there.name;
    if (name == "round") return writer.copy(table, name, " WHERE round > " + std::to_string(since.round));
    if (table.there.append_only && (name == "chain" || name == "ledger" || name == "repeat")) {
        // Few rows, and a merge may add some to any place.
        const std::string arriving = "arriving_" + name;
        file.write("CREATE TEMP TABLE " + arriving + " (LIKE " + name + ") ON COMMIT DROP;\n");
        const std::int64_t count = writer.copy(table, arriving, "");
        file.write("INSERT INTO " + name + " SELECT * FROM " + arriving + " EXCEPT SELECT * FROM " + name +
                   ";\n\n");
        return count;
    }
    if (table.there.append_only)
        return writer.copy(table, name, " WHERE entry > " + std::to_string(since.entry));
    if (table.is_company_history()) {
        file.write("DELETE FROM " + name + " WHERE company IN (SELECT company FROM changed_company);\n");
        return copy_companies(writer, table, since.companies);
    }
    file.write("DELETE FROM " + name + ";\n");
    return writer.copy(table, name, "");
}

}  // namespace

bool ShippedTable::has(std::string_view column) const {
    return std::ranges::find(columns, column, &PublicColumn::name) != columns.end();
}

PostgresSchema current_postgres_schema() {
    PostgresSchema schema;
    for (const Migration& migration : migrations()) {
        PostgresSchema next = postgres_schema(migration.sql);
        std::ranges::move(next.tables, std::back_inserter(schema.tables));
        std::ranges::move(next.indexes, std::back_inserter(schema.indexes));
        std::ranges::move(next.views, std::back_inserter(schema.views));
    }
    return schema;
}

std::vector<ShippedTable> shipped_tables(const Ledger& ledger, const PostgresSchema& schema) {
    std::vector<ShippedTable> tables;
    for (const PostgresTable& table : schema.tables)
        tables.push_back({.there = table, .columns = columns_of(ledger, table.name)});
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

SinceHead since_head(const Ledger& ledger, std::span<const ShippedTable> tables, const Head& head) {
    SinceHead since;
    const std::vector<std::string> entry =
        first_column(ledger, "SELECT e.entry FROM entry e JOIN chain c ON c.chain = e.chain WHERE c.id = '" +
                                 head.chain.to_string() + "' AND e.seq = " + std::to_string(head.length) +
                                 " AND e.hash = x'" + head.hash.to_string() + "'");
    if (!entry.empty()) since.entry = std::stoll(entry.front());
    if (since.entry == 0) {
        throw Error::refused(ErrorCode::bad_head, head.to_string(),
                             "the head of an entry of this ledger, as head.txt of an earlier export has it");
    }
    since.round = std::stoll(first_column(ledger,
                                          "SELECT coalesce(max(round), 0) FROM entry WHERE round IS NOT"
                                          " NULL AND entry <= " +
                                              std::to_string(since.entry))
                                 .at(0));
    const std::vector<std::string> next =
        first_column(ledger, "SELECT recorded FROM entry WHERE entry > " + std::to_string(since.entry) +
                                 " ORDER BY entry LIMIT 1");
    if (next.empty()) return since;
    // Each change of a row ends one and begins another, at the time of the entry that caused it.
    const std::string& recorded = next.front();
    std::string changed;
    for (const ShippedTable& table : tables) {
        if (!table.is_company_history()) continue;
        changed += (changed.empty() ? "" : " UNION ") + ("SELECT company FROM " + table.there.name) +
                   " WHERE known_from >= " + recorded + " OR (known_to >= " + recorded + " AND known_to < " +
                   std::to_string(end_of_time) + ")";
    }
    since.companies = first_column(ledger, changed);
    return since;
}

std::int64_t write_all_rows(const Ledger& ledger, std::span<const ShippedTable> tables, OutputFile& file) {
    CopyWriter writer(ledger, file);
    std::int64_t count = 0;
    for (const ShippedTable& table : tables) count += writer.copy(table, table.there.name, "");
    return count;
}

std::int64_t write_rows_since(const Ledger& ledger, std::span<const ShippedTable> tables,
                              const SinceHead& since, OutputFile& file) {
    CopyWriter writer(ledger, file);
    file.write(
        "CREATE TEMP TABLE changed_company (company bigint NOT NULL) ON COMMIT DROP;\n"
        "COPY changed_company (company) FROM stdin;\n");
    for (const std::string& company : since.companies) file.write(company + "\n");
    file.write("\\.\nANALYZE changed_company;\n\n");
    std::int64_t count = 0;
    for (const ShippedTable& table : tables) count += write_table_since(writer, file, table, since);
    return count;
}

}  // namespace postmoney::detail
