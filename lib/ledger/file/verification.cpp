#include "ledger/file/verification.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/sha256.hpp"
#include "ledger/file/integrity_check.hpp"
#include "ledger/file/replay.hpp"
#include "ledger/read/chain_paths.hpp"
#include "sql/schema_objects.hpp"

namespace postmoney::detail {

namespace {

// Every table, with the columns that order its rows the same in both ledgers.
struct TableOrder {
    std::string_view table;
    std::string_view order;
};
constexpr std::array<TableOrder, 25> common_tables{
    {{"chain", "chain"},
     {"ledger", "only_row"},
     {"entry", "entry"},
     {"repeat", "chain, seq"},
     {"round", "round"},
     {"party", "party"},
     {"party_name", "name, party, entry"},
     {"party_identifier", "scheme, value, party, entry"},
     {"party_union", "entry, party"},
     {"withdrawn", "entry, known_from"},
     {"entry_by_id", "id_start, entry"},
     {"source_subject", "source, party"},
     {"resolved_round", "round, known_from"},
     {"resolved_participation", "company, round, investor, known_from"},
     {"own_round", "round, known_from"},
     {"inflow", "company, round, part, known_from"},
     {"company_total", "company, currency, known_from"},
     {"company_total_by_day", "company, valid_from, currency, known_from"},
     {"company_left_out", "company, reason, instrument, currency, known_from"},
     {"latest_valuation", "company, series, known_from"},
     {"resolved_position", "company, investor, security_class, known_from"},
     {"ledger_total", "scope, currency"},
     {"outranked_rate", "entry, known_from"},
     {"currency_unit", "code"},
     {"parity", "code, valid_from"}}};

using Schema = std::map<std::string, std::string, std::less<>>;

// Without the objects of the user.
Schema schema_of(Connection& connection) {
    Schema schema;
    Statement objects(
        connection.handle(),
        "SELECT type || ' ' || name, coalesce(sql, ''), type = 'index', tbl_name FROM sqlite_schema "
        "WHERE name NOT GLOB 'sqlite_stat*'");
    while (objects.step()) {
        const bool of_user = objects.integer(2) != 0 && is_user_name(objects.text(3));
        if (!of_user) schema.emplace(objects.text(0), objects.text(1));
    }
    for (const SchemaObject& object : user_objects(connection.handle()))
        schema.erase(object.type + " " + object.name);
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

// Whether the file can be a ledger at all, whatever its rows say.
std::string form_problem(Connection& connection, Connection& scratch) {
    Statement own(connection.handle(), "SELECT c.id FROM ledger l JOIN chain c ON c.chain = l.own_chain");
    const auto chain = own.step() ? ChainId::parse(own.text(0)) : std::nullopt;
    own.reset();
    if (!chain) return "the ledger does not say which chain it writes to";
    return schema_problem(connection, scratch);
}

// Whether every chain has the id of its trunk, and an entry, unless the file writes to it.
std::string chain_rows_problem(Connection& connection) {
    ChainPaths chains(connection);
    chains.refresh();
    const std::int64_t own = connection.integer("SELECT own_chain FROM ledger");
    for (const auto& [chain, row] : chains.rows()) {
        if (row.trunk && chains.rows().at(*row.trunk).id != row.id)
            return "chain " + std::to_string(chain) + " has another id than its trunk";
        // It came from nowhere.
        if (chain != own && !chains.end(chain).recorded)
            return "chain has a row that no entry gives: chain " + detail::quoted(std::to_string(chain));
    }
    return {};
}

// Records every entry of the ledger in the scratch ledger, in the same chains, with its own times.
std::string replay_problem(Connection& connection, Connection& scratch, ProgressMeter* meter) {
    std::string problem;
    Transaction transaction(scratch);
    Replay replay(scratch, [&](const PlaceToReplay& place, const Replay::Record& record) {
        if (!problem.empty()) return;
        try {
            if (!record()) problem = "repeats an earlier one";
        } catch (const Error& error) {
            problem = std::string("cannot have been recorded: ") + error.what();
        }
        if (!problem.empty()) problem = "entry " + std::to_string(place.entry) + " " + problem;
        if (meter != nullptr) meter->step();
    });
    ChainPaths chains(connection);
    chains.refresh();
    const std::int64_t own = connection.integer("SELECT own_chain FROM ledger");
    for (const auto& [chain, row] : chains.rows()) replay.chains().add(row);
    Statement(scratch.handle(), "INSERT INTO ledger VALUES (1, ?1, 1)").bind(own).run();
    PlaceReader places(connection);
    while (problem.empty() && places.next()) replay.add(places.chain(), places);
    replay.finish();
    if (problem.empty()) transaction.commit();
    return problem;
}

// Whether the entries of several chains are numbered in the order of places, which a merge relies on.
std::string order_problem(Connection& connection) {
    if (connection.integer("SELECT count(*) FROM chain") < 2) return {};
    Statement found(
        connection.handle(),
        "SELECT entry, before FROM (SELECT e.entry AS entry, lag(e.entry) OVER (ORDER BY e.recorded, c.id, "
        "e.seq, e.id, e.hash) AS before FROM entry e JOIN chain c ON c.chain = e.chain) WHERE before > entry "
        "LIMIT 1");
    if (!found.step()) return {};
    return "entry " + std::to_string(found.integer(0)) + " has a lower number than entry " +
           std::to_string(found.integer(1)) + ", which comes before it";
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

// What `check()` finds, unless the file itself is damaged: then nothing else that is wrong says why.
template <class Check>
std::string problem_of_sound_file(Connection& connection, const Check& check) {
    IntegrityCheck integrity(connection);
    if (!integrity.goes_on()) {
        std::string damage = integrity.problem();
        return damage.empty() ? check() : damage;
    }
    std::string problem;
    try {
        problem = check();
    } catch (const Error& error) {
        std::string damage = integrity.problem();
        if (damage.empty()) throw;
        return damage;
    }
    std::string damage = integrity.problem();
    return damage.empty() ? problem : damage;
}

std::string problem_of_rows(Connection& connection, ProgressMeter* meter) {
    Connection scratch{Connection::Scratch()};
    std::string problem = form_problem(connection, scratch);
    if (problem.empty()) problem = chain_rows_problem(connection);
    if (problem.empty()) problem = replay_problem(connection, scratch, meter);
    for (const auto& [table, order] : common_tables) {
        if (problem.empty()) problem = table_problem(connection, scratch, std::string(table), order);
    }
    for (std::size_t kind = 0; kind < std::variant_size_v<EntryContent::variant>; ++kind) {
        const std::string table(table_of(static_cast<EntryKind>(kind)));
        if (problem.empty()) problem = table_problem(connection, scratch, table, "entry");
    }
    return problem.empty() ? order_problem(connection) : problem;
}

}  // namespace

std::string first_problem(Connection& connection, ProgressMeter* meter) {
    return problem_of_sound_file(connection, [&] { return problem_of_rows(connection, meter); });
}

std::string entries_problem(Connection& connection, Connection& scratch, ProgressMeter* meter) {
    return problem_of_sound_file(connection, [&] {
        std::string problem = form_problem(connection, scratch);
        if (problem.empty()) problem = chain_rows_problem(connection);
        if (problem.empty()) problem = chain_problem(connection, meter);
        return problem.empty() ? order_problem(connection) : problem;
    });
}

std::string chain_problem(Connection& connection, ProgressMeter* meter) {
    ChainPaths chains(connection);
    chains.refresh();
    std::unordered_map<std::int64_t, ChainEnd> followed;
    Sha256 sha256;
    PlaceReader places(connection);
    while (places.next()) {
        auto at = followed.find(places.chain());
        if (at == followed.end()) at = followed.emplace(places.chain(), chains.start(places.chain())).first;
        ChainEnd& last = at->second;
        const auto row = [&] { return "entry row " + detail::quoted(std::to_string(places.entry())); };
        const EntryId id{sha256(places.body())};
        if (!std::ranges::equal(places.id(), id.bytes)) return row() + ": id is not what its content gives";
        if (places.seq() != ++last.seq) {
            return row() + ": seq is " + detail::quoted(std::to_string(places.seq())) + ", but entry " +
                   std::to_string(last.seq) + " of its chain comes next";
        }
        last.hash = chain_hash(sha256, last.hash, id, Timestamp::from_microseconds(places.recorded()));
        if (!std::ranges::equal(places.hash(), last.hash.bytes))
            return row() + ": hash is not what its content gives";
        if (meter != nullptr) meter->step();
    }
    return {};
}

Digest digest_of(Connection& connection) {
    Sha256 sha256;
    // Hashed many at a time, as each call takes longer than 32 bytes; and told apart here rather than by SQL.
    constexpr std::size_t many = std::size_t{32} << 10U;
    std::vector<std::uint8_t> ids;
    ids.reserve(2 * many);
    std::vector<std::uint8_t> last;
    Statement entries(connection.handle(), "SELECT id FROM entry ORDER BY id");
    while (entries.step()) {
        const auto id = entries.blob(0);
        if (std::ranges::equal(id, last)) continue;
        last.assign(id.begin(), id.end());
        ids.insert(ids.end(), id.begin(), id.end());
        if (ids.size() < many) continue;
        sha256.update(ids);
        ids.clear();
    }
    sha256.update(ids);
    return Digest{sha256.finish()};
}

std::string head_problem(Connection& connection, const Head& kept) {
    if (kept.length == 0) return {};  // before its first entry every chain is the same
    const std::string chain = kept.chain.to_string();
    Statement end(
        connection.handle(),
        "SELECT max(p.seq) FROM chain c JOIN (SELECT chain, seq FROM entry UNION ALL SELECT chain, seq "
        "FROM repeat) p ON p.chain = c.chain WHERE c.id = ?1");
    end.bind(std::string_view(chain));
    end.step();
    const std::string what = "entry " + std::to_string(kept.length) + " of chain " + chain;
    if (end.is_null(0)) return "the ledger has nothing of the chain of the head given: " + what;
    const std::int64_t length = end.integer(0);
    if (length < kept.length) {
        return "the head given is " + what + ", which ends at " + std::to_string(length) + ": the last " +
               std::to_string(kept.length - length) + " are gone";
    }
    Statement hash(connection.handle(),
                   "SELECT 1 FROM chain c JOIN (SELECT chain, seq, hash FROM entry UNION ALL SELECT chain, "
                   "seq, hash FROM "
                   "repeat) p ON p.chain = c.chain WHERE c.id = ?1 AND p.seq = ?2 AND p.hash = ?3");
    hash.bind(std::string_view(chain), kept.length, std::span<const std::uint8_t>(kept.hash.bytes));
    if (hash.step()) return {};
    return what + " is not that of the head given: the chain was written anew before or at it";
}

}  // namespace postmoney::detail
