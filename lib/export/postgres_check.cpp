#include "export/postgres_check.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

namespace postmoney::detail {

namespace {

// The last place of each chain as text: its number and id, and the place and the hash. `last_place` is SQL on
// the file that gives a text of the place and the hash for the chain number behind it.
[[nodiscard]] std::string heads(const Ledger& ledger,
                                const std::function<std::string(const std::string&)>& last_place) {
    std::string text;
    for (const std::string& chain :
         first_column(ledger, "SELECT chain || ':' || id FROM chain ORDER BY chain")) {
        for (const std::string& place : first_column(ledger, last_place(chain.substr(0, chain.find(':')))))
            text += (text.empty() ? "" : " ") + chain + ":" + place;
    }
    return text;
}

// A question there with the answer that it should have.
class Checks {
  public:
    void expect(const std::string& what, const std::string& question, const std::string& expected) {
        rows_ += (rows_.empty() ? "" : "\n    UNION ALL ") + ("SELECT '" + what) + "' AS what, (" + question +
                 ")::text AS answer, '" + expected + "' AS expected";
    }
    [[nodiscard]] std::string statement(std::string_view failure) const {
        return "DO $check$\nDECLARE problems text;\nBEGIN\n"
               "SELECT string_agg(what || ' is ' || coalesce(answer, 'nothing') || ', expected ' || "
               "expected, "
               "'; ')"
               " INTO problems\nFROM (" +
               rows_ + ") c WHERE answer IS DISTINCT FROM expected;\n" +
               "IF problems IS NOT NULL THEN RAISE EXCEPTION '" + std::string(failure) +
               ": %', problems; END IF;\nEND $check$;\n";
    }

  private:
    std::string rows_;
};

void expect_sums(Checks& checks, const LoadedRows& rows) {
    const ShippedTable& table = *rows.table;
    if (rows.tally.rows() == 0) return;
    const std::string part = std::to_string(RowTally::part);
    const std::string and_where = rows.where.empty() ? "" : " AND (" + rows.where + ")";
    std::string others;
    for (const RowTally::Sums& sums : rows.tally.sums()) {
        const std::string& minor = table.columns[sums.minor].name;
        if (sums.by_currency.empty()) {
            others += (others.empty() ? "" : " OR ") + minor + " IS NOT NULL";
            continue;
        }
        const std::string currency = "coalesce(" + table.columns[sums.currency].name + ", '')";
        std::vector<std::string> expected;
        for (const auto& [code, sum] : sums.by_currency)
            expected.push_back(code + " " + std::to_string(sum[0]) + " " + std::to_string(sum[1]));
        std::ranges::sort(expected);
        std::string text;
        for (const std::string& sum : expected) text += (text.empty() ? "" : ", ") + sum;
        checks.expect(
            "the sum of " + table.there.name + "." + minor + " by currency",
            "SELECT coalesce(string_agg(text, ', ' ORDER BY text COLLATE \"C\"), '') FROM (SELECT " +
                currency + " || ' ' || sum(" + minor + " / " + part + ") || ' ' || sum(" + minor + " % " +
                part + ") AS text FROM " + table.there.name + " WHERE " + minor + " IS NOT NULL" + and_where +
                " GROUP BY " + currency + ") s",
            text);
    }
    if (others.empty()) return;
    checks.expect("the count of " + table.there.name + " with other money",
                  "SELECT count(*) FROM " + table.there.name + " WHERE (" + others + ")" + and_where, "0");
}

// How many of the places behind the entry $LAST, and of all repeats, do not follow from the one before: of
// the first one of a chain that forks off, that is the last shared one of its trunk, or of the trunk's.
constexpr std::string_view broken_links = R"(
    WITH RECURSIVE ancestor (chain, at, place) AS (
        SELECT chain, trunk, shared FROM chain WHERE trunk IS NOT NULL
        UNION ALL SELECT a.chain, c.trunk, a.place FROM ancestor a JOIN chain c ON c.chain = a.at
                  WHERE c.trunk IS NOT NULL AND a.place <= c.shared),
    forked AS (
        SELECT a.chain, p.seq, p.hash
        FROM ancestor a JOIN LATERAL (
            SELECT e.seq, e.hash FROM entry e WHERE e.chain = a.at AND e.seq = a.place
            UNION ALL SELECT r.seq, r.hash FROM repeat r WHERE r.chain = a.at AND r.seq = a.place) p ON true)
    SELECT count(*)
    FROM (SELECT chain, seq, id, hash, recorded FROM entry WHERE entry > $LAST
          UNION ALL SELECT r.chain, r.seq, e.id, r.hash, r.recorded
                    FROM repeat r JOIN entry e ON e.home = r.home AND e.entry = r.entry) p
    LEFT JOIN (SELECT chain, seq, hash FROM entry UNION ALL SELECT chain, seq, hash FROM repeat) b
         ON b.chain = p.chain AND b.seq = p.seq - 1
    LEFT JOIN forked f ON f.chain = p.chain AND b.seq IS NULL
    WHERE (b.seq IS NULL AND p.seq <> coalesce(f.seq, 0) + 1)
       OR p.hash <> sha256(coalesce(b.hash, f.hash, decode(pg_catalog.repeat('00', 32), 'hex')) || p.id
                           || int8send((extract(epoch FROM p.recorded) * 1000000)::bigint)))";

[[nodiscard]] std::string broken_links_behind(const std::string& last_entry) {
    constexpr std::string_view mark = "$LAST";
    std::string question(broken_links);
    return question.replace(question.rfind(mark), mark.size(), last_entry);
}

// The last place of each chain there: of those that a query of seq and hash gives for the chain `c`.
[[nodiscard]] std::string heads_there(const std::string& places) {
    return "SELECT coalesce(string_agg(c.chain || ':' || c.id || ':' || p.seq || ':' || encode(p.hash, "
           "'hex'), "
           "' ' ORDER BY c.chain), '') FROM chain c JOIN LATERAL (" +
           places + " ORDER BY seq DESC LIMIT 1) p ON true";
}

constexpr std::string_view place_text = "SELECT seq || ':' || lower(hex(hash)) FROM ";

}  // namespace

std::vector<LoadedRows> rows_of_file(const Ledger& ledger, std::span<const ShippedTable> tables) {
    std::vector<LoadedRows> rows;
    for (const ShippedTable& table : tables)
        rows.push_back({.table = &table, .tally = tally_of(ledger, table)});
    return rows;
}

std::string check_of_rows(const Ledger& ledger, std::span<const LoadedRows> rows, std::int64_t last_entry) {
    Checks checks;
    const std::string last = std::to_string(last_entry);
    for (const LoadedRows& loaded : rows) {
        if (loaded.tally.rows() == 0 && !loaded.where.empty()) continue;  // nothing came
        const std::string& name = loaded.table->there.name;
        checks.expect("the count of " + name,
                      "SELECT count(*) FROM " + name + (loaded.where.empty() ? "" : " WHERE " + loaded.where),
                      std::to_string(loaded.tally.rows()));
        expect_sums(checks, loaded);
    }
    checks.expect(
        "the count of entries whose id is not that of their body",
        "SELECT count(*) FROM entry WHERE entry > " + last + " AND id <> sha256(convert_to(body, 'UTF8'))",
        "0");
    checks.expect("the count of entries whose hash does not follow", broken_links_behind(last), "0");
    const auto latest = [](const std::string& chain) {
        std::string each;
        for (const std::string table : {"entry", "repeat"}) {
            each += (each.empty() ? "" : " UNION ALL ") +
                    ("SELECT seq, hash FROM (SELECT seq, hash FROM " + table) + " WHERE chain = " + chain +
                    " ORDER BY seq DESC LIMIT 1) of_" + table;
        }
        return each;
    };
    checks.expect("the heads", heads_there("SELECT seq, hash FROM (" + latest("c.chain") + ") l"),
                  heads(ledger, [&](const std::string& chain) {
                      return std::string(place_text) + "(" + latest(chain) + ") ORDER BY seq DESC LIMIT 1";
                  }));
    return checks.statement("the rows are not those of the ledger");
}

std::string check_of_start(const Ledger& ledger, std::int64_t last_entry) {
    Checks checks;
    const std::string number = std::to_string(last_entry);
    checks.expect("the number of the last entry", "SELECT max(entry) FROM entry", number);
    checks.expect("the places of the last entries",
                  heads_there("SELECT seq, hash FROM entry WHERE chain = c.chain"),
                  heads(ledger, [&](const std::string& chain) {
                      return std::string(place_text) + "entry WHERE chain = " + chain +
                             " AND entry <= " + number + " ORDER BY seq DESC LIMIT 1";
                  }));
    return checks.statement(
        "this is not the ledger as it was at the head that was given; ship the whole with load.sql of an "
        "export since no head and -v replace=1");
}

}  // namespace postmoney::detail
