#include "verification.hpp"

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "content_writer.hpp"
#include "recorder.hpp"

namespace postmoney::detail {

namespace {

// Every table, with the columns that order its rows the same in both ledgers.
struct TableOrder {
    std::string_view table;
    std::string_view order;
};
constexpr std::array<TableOrder, 12> common_tables{{{"chain", "chain"},
                                                    {"ledger", "only_row"},
                                                    {"entry", "entry"},
                                                    {"round", "round"},
                                                    {"party", "party"},
                                                    {"party_name", "name, party, entry"},
                                                    {"party_identifier", "scheme, value, party, entry"},
                                                    {"party_union", "entry, party"},
                                                    {"withdrawn", "entry, known_from"},
                                                    {"resolved_round", "round, known_from"},
                                                    {"company_total", "company, currency, known_from"},
                                                    {"currency_unit", "code"}}};

std::string integrity_problem(Connection& connection) {
    Statement check(connection.handle(), "PRAGMA integrity_check(1)");
    if (check.step() && check.text(0) != "ok") return "the file is damaged: " + std::string(check.text(0));
    check.reset();
    Statement keys(connection.handle(), "PRAGMA foreign_key_check");
    if (keys.step()) {
        return "a row of " + std::string(keys.text(0)) + " refers to a row of " + std::string(keys.text(2)) +
               " that is not there (rowid " + std::to_string(keys.integer(1)) + ")";
    }
    return {};
}

using Schema = std::map<std::string, std::string, std::less<>>;

Schema schema_of(Connection& connection) {
    Schema schema;
    Statement objects(connection.handle(),
                      "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT GLOB "
                      "'sqlite_stat*'");
    while (objects.step()) schema.emplace(objects.text(0), objects.text(1));
    return schema;
}

std::string schema_problem(Connection& connection, Connection& scratch) {
    const Schema expected = schema_of(scratch);
    const Schema found = schema_of(connection);
    for (const auto& [name, sql] : expected) {
        const auto at = found.find(name);
        if (at == found.end()) return "the schema lacks the " + name;
        if (at->second != sql) return "the " + name + " of the schema was changed";
    }
    for (const auto& [name, sql] : found) {
        if (!expected.contains(name)) return "the schema has the " + name + ", which no ledger has";
    }
    return {};
}

// Records every entry of the ledger in the scratch ledger, with its own times.
std::string replay_problem(Connection& connection, Connection& scratch) {
    DossierReader dossiers(scratch);
    Recorder recorder(scratch, dossiers);
    FactsReader facts;
    Transaction transaction(scratch);
    recorder.begin();
    Statement entries(connection.handle(), "SELECT entry, recorded, body FROM entry ORDER BY entry");
    while (entries.step()) {
        const std::string place = "entry " + std::to_string(entries.integer(0));
        try {
            FactsLine line = facts.read(entries.text(2), recorder.currencies());
            const Timestamp recorded = Timestamp::from_microseconds(entries.integer(1));
            if (!recorder.record(std::move(line), Timestamp::max(), recorded))
                return place + " repeats an earlier one";
            recorder.relieve();
        } catch (const Error& error) {
            return place + " cannot have been recorded: " + error.what();
        }
    }
    recorder.finish();
    transaction.commit();
    return {};
}

std::string cell_text(const Statement& row, int column) {
    if (row.is_null(column)) return "null";
    return quoted(row.text(column));
}

// Where two rows differ; empty when they do not.
std::string row_problem(const std::string& table, const Statement& found, const Statement& expected,
                        const std::vector<std::string>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (found.same_value(expected, column)) continue;
        const bool binary = columns[i] == "id" || columns[i] == "hash";
        std::string text = table + " row " + cell_text(found, 0) + ": " + columns[i] + " ";
        if (binary) return text + "is not what its content gives";
        return text + "is " + cell_text(found, column) + ", but its entries give " +
               cell_text(expected, column);
    }
    return {};
}

std::string table_problem(Connection& connection, Connection& scratch, const std::string& table,
                          std::string_view order) {
    std::vector<std::string> columns;
    std::string list;
    Statement info(scratch.handle(),
                   "SELECT name FROM pragma_table_info('" + table + "')");  // none that are generated
    while (info.step()) {
        columns.emplace_back(info.text(0));
        list += (list.empty() ? "" : ", ") + columns.back();
    }
    const std::string sql = "SELECT " + list + " FROM " + table + " ORDER BY " + std::string(order);
    Statement found(connection.handle(), sql);
    Statement expected(scratch.handle(), sql);
    for (;;) {
        const bool more = found.step();
        const bool more_expected = expected.step();
        if (!more && !more_expected) return {};
        if (!more) return table + " lacks a row: " + columns[0] + " " + cell_text(expected, 0);
        if (!more_expected)
            return table + " has a row that no entry gives: " + columns[0] + " " + cell_text(found, 0);
        std::string problem = row_problem(table, found, expected, columns);
        if (!problem.empty()) return problem;
    }
}

}  // namespace

std::string first_problem(Connection& connection) {
    std::string problem = integrity_problem(connection);
    if (!problem.empty()) return problem;
    Statement own(connection.handle(), "SELECT c.id FROM ledger l JOIN chain c ON c.chain = l.own_chain");
    const auto chain = own.step() ? ChainId::parse(own.text(0)) : std::nullopt;
    own.reset();
    if (!chain) return "the ledger does not say which chain it writes to";
    Connection scratch(*chain);
    problem = schema_problem(connection, scratch);
    if (problem.empty()) problem = replay_problem(connection, scratch);
    for (const auto& [table, order] : common_tables) {
        if (problem.empty()) problem = table_problem(connection, scratch, std::string(table), order);
    }
    for (std::size_t kind = 0; kind < std::variant_size_v<EntryContent>; ++kind) {
        const std::string table(content_table(static_cast<EntryKind>(kind)));
        if (problem.empty()) problem = table_problem(connection, scratch, table, "entry");
    }
    return problem;
}

}  // namespace postmoney::detail
