#include "ledger/read/name_conflicts.hpp"

#include <array>
#include <string>

#include "base/hex.hpp"

namespace postmoney::detail {

namespace {

// Rows of a name and an entry that it means, one for each meaning that stood at the time ?1.
struct NameKind {
    std::string_view field;
    std::string_view what;
    std::string_view sql;
};

constexpr std::array<NameKind, 3> kinds{{
    {"key", "key",
     "SELECT e.key AS name, e.entry AS meaning, e.entry AS entry FROM entry e WHERE e.key IS NOT NULL AND "
     "(e.kind <> 'retraction' OR e.entry NOT IN (SELECT k.entry FROM retractions_known k WHERE NOT k.stands "
     "AND k.known_from <= ?1 AND k.known_to > ?1)) AND"},
    {"source", "source id",
     "SELECT s.id AS name, s.first_entry AS meaning, s.entry AS entry FROM source s JOIN entry e ON e.entry "
     "= s.entry "
     "WHERE"},
    {"round", "round handle",
     "SELECT r.handle AS name, p.root AS meaning, e.entry AS entry FROM round r JOIN party p ON p.party = "
     "r.company JOIN "
     "entry e ON e.round = r.round AND e.kind = 'round' WHERE"},
}};

// The names of several meanings, and of each meaning the first entry.
std::string conflicts_sql(const NameKind& kind) {
    return "WITH named AS (" + std::string(kind.sql) + " " + stood_at("?1") +
           ") SELECT n.name, min(n.entry) FROM named n WHERE n.name IN (SELECT name FROM named GROUP BY name "
           "HAVING "
           "count(DISTINCT meaning) > 1) GROUP BY n.name, n.meaning ORDER BY n.name, min(n.entry)";
}

class ConflictReader {
  public:
    explicit ConflictReader(Connection& connection)
        : entry_(connection.handle(),
                 "SELECT e.id, c.id, e.recorded, root.party, root.name FROM entry e JOIN chain c ON c.chain "
                 "= e.chain "
                 "LEFT JOIN party p ON p.party = e.party LEFT JOIN party root ON root.party = p.root WHERE "
                 "e.entry = "
                 "?1") {}

    void add(NameConflict& conflict, std::int64_t entry) {
        entry_.bind(entry);
        if (entry_.step()) {
            Finding& finding = conflict.finding;
            const auto id = hex_from_blob<EntryId>(entry_.blob(0));
            finding.message += finding.entries.empty() ? " sha256:" : " and sha256:";
            finding.message += id.to_string() + " (chain " + std::string(entry_.text(1)) + ", recorded " +
                               Timestamp::from_microseconds(entry_.integer(2)).to_string() + ")";
            finding.entries.push_back(id);
            if (!entry_.is_null(3)) conflict.parties.insert(entry_.integer(3));
            if (finding.company.empty()) finding.company = entry_.text(4);
        }
        entry_.reset();
    }

  private:
    Statement entry_;
};

}  // namespace

std::vector<NameConflict> name_conflicts(Connection& connection, std::optional<Timestamp> known_at) {
    std::vector<NameConflict> conflicts;
    if (connection.integer("SELECT count(*) FROM chain") < 2) return conflicts;  // one chain refuses them
    ConflictReader reader(connection);
    const std::int64_t known = known_time(known_at);
    for (const NameKind& kind : kinds) {
        Statement names(connection.handle(), conflicts_sql(kind));
        names.bind(known);
        std::string last;
        while (names.step()) {
            const std::string name(names.text(0));
            if (conflicts.empty() || name != last || conflicts.back().finding.field != kind.field) {
                conflicts.push_back({{FindingCode::key_conflict,
                                      Severity::warning,
                                      {},
                                      {},
                                      std::string(kind.field),
                                      {},
                                      {},
                                      {},
                                      {},
                                      {}},
                                     {}});
                Finding& finding = conflicts.back().finding;
                finding.message =
                    "chains use the " + std::string(kind.what) + " " + detail::quoted(name) + " differently:";
                if (kind.field == "round") finding.round = name;
                last = name;
            }
            reader.add(conflicts.back(), names.integer(1));
        }
    }
    return conflicts;
}

}  // namespace postmoney::detail
