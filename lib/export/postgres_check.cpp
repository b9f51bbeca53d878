#include "export/postgres_check.hpp"

#include <string_view>

namespace postmoney::detail {

namespace {

// Sums of parts that fit into 64 bits, as the whole need not.
constexpr std::string_view part_of_sum = "1000000000";

// The chain's number and id, and the place and hash of its last entry, of the rows of `places`.
[[nodiscard]] std::string heads(const Ledger& ledger, const std::string& places) {
    std::string text;
    for (const std::string& head :
         first_column(ledger,
                      "SELECT c.chain || ':' || c.id || ':' || p.seq || ':' || lower(hex(p.hash)) FROM"
                      " chain c JOIN (" +
                          places + ") p ON p.chain = c.chain ORDER BY c.chain"))
        text += (text.empty() ? "" : " ") + head;
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

void expect_sums(Checks& checks, const Ledger& ledger, const ShippedTable& table) {
    for (const PublicColumn& column : table.columns) {
        if (column.meaning != ColumnMeaning::minor || column.currency.empty()) continue;
        const std::string part(part_of_sum);
        const std::string sums = "SELECT coalesce(" + column.currency + ", '') || ' ' || sum(" + column.name +
                                 " / " + part + ") || ' ' || sum(" + column.name + " % " + part +
                                 ") AS text FROM " + table.there.name + " WHERE " + column.name +
                                 " IS NOT NULL GROUP BY " + column.currency;
        std::string expected;
        for (const std::string& sum : first_column(ledger, sums + " ORDER BY 1"))
            expected += (expected.empty() ? "" : ", ") + sum;
        checks.expect(
            "the sum of " + table.there.name + "." + column.name + " by currency",
            "SELECT coalesce(string_agg(text, ', ' ORDER BY text COLLATE \"C\"), '') FROM (" + sums + ") s",
            expected);
    }
}

// How many of the places behind the entry $LAST do not follow from the one before: of the first one of a
// chain that forks off, that is the last shared one of its trunk, or of the trunk's.
constexpr std::string_view broken_links = R"(
    WITH RECURSIVE places AS (
        SELECT chain, seq, id, hash, recorded FROM entry
        UNION ALL SELECT r.chain, r.seq, e.id, r.hash, r.recorded FROM repeat r JOIN entry e USING (entry)),
    known AS MATERIALIZED (
        SELECT c.chain, coalesce((SELECT max(e.seq) FROM entry e WHERE e.chain = c.chain AND e.entry <= $LAST), 0) AS seq
        FROM chain c),
    ancestor (chain, at, place) AS (
        SELECT chain, trunk, shared FROM chain WHERE trunk IS NOT NULL
        UNION ALL SELECT a.chain, c.trunk, a.place FROM ancestor a JOIN chain c ON c.chain = a.at
                  WHERE c.trunk IS NOT NULL AND a.place <= c.shared),
    forked AS (SELECT a.chain, p.seq, p.hash FROM ancestor a JOIN places p ON p.chain = a.at AND p.seq = a.place),
    linked AS (SELECT p.*, k.seq AS known, lag(p.hash) OVER w AS hash_before, lag(p.seq) OVER w AS seq_before
               FROM places p JOIN known k ON k.chain = p.chain AND p.seq >= k.seq
               WINDOW w AS (PARTITION BY p.chain ORDER BY p.seq))
    SELECT count(*) FROM linked l LEFT JOIN forked f ON f.chain = l.chain AND l.hash_before IS NULL
    WHERE l.seq > l.known
      AND (l.seq <> coalesce(l.seq_before, f.seq, 0) + 1
           OR l.hash <> sha256(coalesce(l.hash_before, f.hash, decode(pg_catalog.repeat('00', 32), 'hex')) || l.id
                               || int8send((extract(epoch FROM l.recorded) * 1000000)::bigint))))";

[[nodiscard]] std::string broken_links_behind(const std::string& last_entry) {
    constexpr std::string_view mark = "$LAST";
    std::string question(broken_links);
    return question.replace(question.rfind(mark), mark.size(), last_entry);
}

}  // namespace

std::string check_of_rows(const Ledger& ledger, std::span<const ShippedTable> tables,
                          std::int64_t last_entry) {
    Checks checks;
    const std::string last = std::to_string(last_entry);
    for (const ShippedTable& table : tables) {
        const std::string count = "SELECT count(*) FROM " + table.there.name;
        checks.expect("the count of " + table.there.name, count, first_column(ledger, count).at(0));
        expect_sums(checks, ledger, table);
    }
    checks.expect(
        "the count of entries whose id is not that of their body",
        "SELECT count(*) FROM entry WHERE entry > " + last + " AND id <> sha256(convert_to(body, 'UTF8'))",
        "0");
    checks.expect("the count of entries whose hash does not follow", broken_links_behind(last), "0");
    const std::string places =
        "SELECT chain, seq, hash FROM entry UNION ALL SELECT chain, seq, hash FROM repeat";
    checks.expect(
        "the heads",
        "SELECT coalesce(string_agg(head, ' ' ORDER BY chain), '') FROM (SELECT DISTINCT ON (p.chain)"
        " p.chain, p.chain || ':' || c.id || ':' || p.seq || ':' || encode(p.hash, 'hex') AS head FROM (" +
            places + ") p JOIN chain c ON c.chain = p.chain ORDER BY p.chain, p.seq DESC) h",
        heads(ledger, "SELECT chain, max(seq) AS seq, hash FROM (" + places + ") GROUP BY chain"));
    return checks.statement("the rows are not those of the ledger");
}

std::string check_of_start(const Ledger& ledger, std::int64_t last_entry) {
    Checks checks;
    const std::string number = std::to_string(last_entry);
    checks.expect("the count of entry", "SELECT count(*) FROM entry", number);
    checks.expect(
        "the places of the last entries",
        "SELECT string_agg(head, ' ' ORDER BY chain) FROM (SELECT e.chain, e.chain || ':' || c.id || ':' ||"
        " e.seq || ':' || encode(e.hash, 'hex') AS head FROM chain c JOIN LATERAL (SELECT * FROM entry n"
        " WHERE n.chain = c.chain ORDER BY n.seq DESC LIMIT 1) e ON true) h",
        heads(ledger,
              "SELECT n.chain, n.seq, n.hash FROM chain o JOIN entry n ON n.entry = (SELECT l.entry"
              " FROM entry l WHERE l.chain = o.chain AND l.entry <= " +
                  number + " ORDER BY l.seq DESC LIMIT 1)"));
    return checks.statement(
        "this is not the ledger as it was at the head that was given; ship the whole with load.sql of an "
        "export"
        " without --since and -v replace=1");
}

}  // namespace postmoney::detail
