// export_csv writes every public view without losing a digit, with types, keys and currencies that hold, and
// leaves nothing behind when it is refused.
#include "postmoney/export/csv_export.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "export/public_views.hpp"
#include "fixtures.hpp"
#include "generated_ledger.hpp"
#include "merged_fixture.hpp"

using namespace store_test;

namespace {

// Rows of cells as text, "NULL" for what is empty without quotation marks.
using CsvRows = std::vector<std::vector<std::string>>;

CsvRows csv_rows(const std::string& text) {
    CsvRows rows;
    std::vector<std::string> row;
    for (std::size_t at = 0; at < text.size();) {
        std::string cell;
        if (text[at] == '"') {
            for (++at; text[at] != '"' || text[at + 1] == '"'; ++at) {
                if (text[at] == '"') ++at;
                cell += text[at];
            }
            ++at;
        } else {
            while (text[at] != ',' && text[at] != '\r') cell += text[at++];
            if (cell.empty()) cell = "NULL";
        }
        row.push_back(std::move(cell));
        if (text[at++] == ',') continue;
        CHECK(text[at++] == '\n');
        rows.push_back(std::move(row));
        row.clear();
    }
    return rows;
}

std::string cell_as_text(const SqlCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
    if (const auto* blob = std::get_if<SqlBlob>(&cell)) {
        std::string hex;
        for (const std::uint8_t byte : blob->bytes) {
            std::array<char, 3> digits{};
            std::snprintf(digits.data(), digits.size(), "%02x", byte);
            hex += digits.data();
        }
        return hex;
    }
    CHECK(std::holds_alternative<std::monostate>(cell));
    return "NULL";
}

CsvRows sql_rows(const Ledger& ledger, const std::string& sql) {
    CsvRows rows;
    ledger.query(sql, {.columns =
                           [&](std::span<const std::string_view> names) {
                               rows.emplace_back(names.begin(), names.end());
                           },
                       .row =
                           [&](std::span<const SqlCell> cells) {
                               std::vector<std::string> row;
                               for (const SqlCell& cell : cells) row.push_back(cell_as_text(cell));
                               rows.push_back(std::move(row));
                           }});
    return rows;
}

void sort_rows(CsvRows& rows) {
    std::sort(rows.begin() + 1, rows.end());
}

// Ledgers with rows in every table, and with every sort of amount and date.
std::vector<Ledger> ledgers_to_export(const TempFolder& folder) {
    std::vector<Ledger> ledgers;
    make_merged_ledger(folder, "merged.db");
    ledgers.push_back(Ledger::open(folder / "merged.db", options()));
    ledgers.push_back(in_memory());
    apply_text(ledgers.back(), FactsGenerator(20).facts(12));
    ledgers.push_back(in_memory());
    apply_text(ledgers.back(), read_file(std::filesystem::path(POSTMONEY_EXAMPLES_DIR) / "xai.facts.jsonl"));
    // Cells with everything that CSV quotes.
    ledgers.push_back(in_memory());
    apply_text(ledgers.back(), R"({"kind":"party","name":"A, \"B\"\r\nC","attributes":{"x":"\n"}}
{"kind":"round","round":"r\"","company":"A, \"B\"\r\nC","raised":"92233720368547758.07 USD"}
)");
    return ledgers;
}

}  // namespace

TEST_CASE("every view is written as it is") {
    const TempFolder folder;
    int count = 0;
    for (const Ledger& ledger : ledgers_to_export(folder)) {
        const auto tables = folder / ("tables" + std::to_string(count++));
        const CsvExportReport report = export_csv(ledger, tables);
        std::int64_t rows = 0;
        std::int64_t views = 0;
        ledger.query("SELECT name FROM sqlite_schema WHERE type = 'view'",
                     {.row = [&](std::span<const SqlCell>) { ++views; }});
        for (const auto& view : detail::public_views(ledger)) {
            CAPTURE(view.name);
            CsvRows found = csv_rows(read_file(tables / (view.name + ".csv")));
            CsvRows expected = sql_rows(ledger, "SELECT * FROM " + view.name);
            rows += static_cast<std::int64_t>(expected.size()) - 1;
            sort_rows(found);
            sort_rows(expected);
            // An empty text and no value differ in the file alone.
            CHECK(found == expected);
        }
        CHECK(report.views == views);
        CHECK(report.rows == rows);
        CHECK(rows > 0);
        CHECK(!std::filesystem::exists(folder / ("tables" + std::to_string(count - 1) + ".unfinished")));
    }
}

TEST_CASE("keys tell rows apart, money has a currency, and integers are integers") {
    const TempFolder folder;
    std::set<std::string> filled;  // the columns that had a value
    for (const Ledger& ledger : ledgers_to_export(folder)) {
        for (const auto& view : detail::public_views(ledger)) {
            std::string columns;
            for (const std::string& column : view.key) columns += (columns.empty() ? "" : ", ") + column;
            if (!columns.empty()) {
                CAPTURE(view.name);
                CHECK(sql_rows(ledger, "SELECT count(*) FROM (SELECT DISTINCT " + columns + " FROM " +
                                           view.name + ")")
                          .at(1) == sql_rows(ledger, "SELECT count(*) FROM " + view.name).at(1));
            }
            for (const auto& column : view.columns) {
                const std::string shown = view.name + "." + column.name;
                CAPTURE(shown);
                const bool money = column.meaning == detail::ColumnMeaning::minor ||
                                   column.meaning == detail::ColumnMeaning::decimal;
                CHECK(money == !column.currency.empty());
                const std::string of_view =
                    " FROM " + view.name + " WHERE \"" + column.name + "\" IS NOT NULL";
                const CsvRows types =
                    sql_rows(ledger, "SELECT DISTINCT typeof(\"" + column.name + "\")" + of_view);
                for (std::size_t i = 1; i < types.size(); ++i)
                    CHECK((types[i][0] == "integer") == detail::is_integer(column.meaning));
                if (types.size() > 1) filled.insert(view.name + "." + column.name);
                // Of a company of which nothing is disclosed it is 0 of no currency.
                if (column.meaning == detail::ColumnMeaning::minor) {
                    CHECK(sql_rows(ledger, "SELECT count(*)" + of_view + " AND \"" + column.name +
                                               "\" <> 0 AND \"" + column.currency + "\" IS NULL")
                              .at(1) == std::vector<std::string>{"0"});
                }
            }
        }
    }
    CHECK(filled.size() > 300);
}

TEST_CASE("the manual of the file says the same types") {
    const Ledger ledger = in_memory();
    std::map<std::string, std::string> types;  // of VIEW.COLUMN
    std::istringstream manual(read_file(std::filesystem::path(POSTMONEY_SOURCE_DIR) / "schema/README.md"));
    std::string section;
    for (std::string line; std::getline(manual, line);) {
        if (line.starts_with("### ")) section = line.substr(4);
        if (!line.starts_with("| ")) continue;
        const std::size_t second = line.find(" | ", 2);
        types[section + "." + line.substr(2, second - 2)] =
            line.substr(second + 3, line.find(" | ", second + 3) - second - 3);
    }
    for (const auto& view : detail::public_views(ledger)) {
        CHECK(!view.description.empty());
        for (const auto& column : view.columns) {
            const std::string shown = view.name + "." + column.name;
            CAPTURE(shown);
            const std::string type = types[view.name + "." + column.name];
            CHECK(type != "");
            CHECK((type.find("INT") != std::string::npos) == detail::is_integer(column.meaning));
        }
    }
}

TEST_CASE("a sum beyond 64 bits is exported as text, without its minor units") {
    const TempFolder folder;
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"round","round":"a","company":"A","raised":"92233720368547758.07 USD"}
{"kind":"round","round":"b","company":"B","raised":"0.01 USD"}
)");
    export_csv(ledger, folder / "tables");
    const std::string table = read_file(folder / "tables" / "raised_by_currency.csv");
    CHECK_MESSAGE(table.find("92233720368547758.08") != std::string::npos, table);
    CHECK_MESSAGE(table.find("USD,2,2,,") != std::string::npos, table);
}

TEST_CASE("a refused export leaves nothing behind") {
    const TempFolder folder;
    const Ledger ledger = in_memory();
    std::filesystem::create_directory(folder / "there");
    std::filesystem::create_directory(folder / "killed.unfinished");
    write_file(folder / "file", "");
    struct Case {
        std::string name;
        std::string refusal;
    };
    const std::string there = ": is there already: an export writes a new folder [file-exists]";
    for (const Case& row : std::vector<Case>{
             {"there", (folder / "there").string() + there},
             {"there/", (folder / "there").string() + there},
             {"file", (folder / "file").string() + there},
             {"killed", (folder / "killed.unfinished").string() + there},
             {"no/such", (folder / "no").string() + ": there is no such folder [no-such-folder]"}}) {
        CHECK(error_of([&] { export_csv(ledger, folder / row.name); }) == row.refusal);
    }
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 3);
}
