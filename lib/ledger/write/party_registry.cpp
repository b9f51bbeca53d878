#include "ledger/write/party_registry.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <span>

#include "base/unicode.hpp"
#include "fact/canonical_json.hpp"
#include "ledger/read/united_parties.hpp"
#include "postmoney/fact/entry.hpp"
#include "schema/kind_table.hpp"

namespace postmoney::detail {

namespace {

// Whether ?1 is the name that the entry `e` gives a party in a field of that role.
[[nodiscard]] std::string is_named_sql(FieldRole role) {
    std::string sql;
    for (const std::string& field : fields_of_role(role))
        sql += (sql.empty() ? "" : ", ") + ("json_extract(e.body, '$." + field + "')");
    return "?1 IN (" + sql + ")";
}

// What party lines say of a profile, and the place of each in the order by which the latest one counts.
[[nodiscard]] std::string select_lines(const std::string& from, const std::string& where) {
    return "SELECT s.name, s.type, s.country, s.founded, s.market, e.recorded, e.id FROM " + from +
           " JOIN party_statement s ON s.entry = e.entry WHERE " + where;
}

// The parties that an entry, a claim or a party line, gives the name ?1, whether that counts, and the entry.
[[nodiscard]] std::string by_name_sql(const std::string& from, const std::string& where) {
    return "SELECT p.root, p.party, n.by_claim OR NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = "
           "n.entry) AS counts, n.entry FROM " +
           from + " ON p.party = n.party WHERE n.name = ?1 AND " + where;
}

// The parties that a party line gives the id ?1:?2, and what tells whether that counts.
[[nodiscard]] std::string by_identifier_sql(const std::string& counts) {
    return "SELECT p.root, p.party, " + counts +
           " FROM party_identifier i JOIN party p ON p.party = i.party WHERE i.scheme = ?1 AND i.value = ?2 "
           "AND i.party < ?3 ORDER BY i.party DESC, i.entry DESC";
}

// The parties that a standing claim calls ?1.
[[nodiscard]] std::string by_claim_sql() {
    return "SELECT p.root, p.party FROM party_name n JOIN party p ON p.party = n.party WHERE n.name = ?1 "
           "AND EXISTS (SELECT 1 FROM entry e WHERE ((e.party = n.party AND " +
           is_named_sql(FieldRole::subject) + ") OR (e.counterparty = n.party AND " +
           is_named_sql(FieldRole::counterparty) +
           ")) AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry)) ORDER BY n.party";
}

}  // namespace

PartyRegistry::PartyRegistry(Connection& connection, NameScope* scope)
    : connection_(&connection),
      scope_(scope),
      by_name_(connection.handle(),
               by_name_sql("party_name n JOIN party p", "n.party < ?2 ORDER BY n.party DESC, n.entry DESC")),
      // Of a root there are few: the name itself may be that of very many.
      by_name_of_root_(connection.handle(),
                       by_name_sql("party p CROSS JOIN party_name n", "p.root = ?2 AND counts")),
      by_claim_(connection.handle(), by_claim_sql()),
      by_identifier_(connection.handle(),
                     by_identifier_sql("NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = i.entry)")),
      by_any_identifier_(connection.handle(), by_identifier_sql("1")),
      root_of_(connection.handle(), "SELECT root FROM party WHERE party = ?1"),
      name_of_(connection.handle(), "SELECT name FROM party WHERE party = ?1"),
      identifiers_of_(
          connection.handle(),
          "SELECT i.scheme, i.value FROM party p JOIN party_identifier i ON i.party = p.party WHERE "
          "p.root = ?1 AND NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = i.entry)"),
      last_party_number_(connection.handle(), "SELECT coalesce(max(party), 0) FROM party"),
      insert_party_(
          connection.handle(),
          "INSERT OR FAIL INTO party (party, root, name, type, country, founded, market) VALUES (?1, ?1, "
          "?2, ?3, ?4, ?5, ?6)"),
      insert_name_(connection.handle(),
                   "INSERT OR IGNORE INTO party_name (name, party, entry, by_claim) VALUES (?1, ?2, ?3, ?4)"),
      insert_identifier_(connection.handle(),
                         "INSERT INTO party_identifier (scheme, value, party, entry) VALUES "
                         "(?1, ?2, ?3, ?4)"),
      insert_union_(connection.handle(), "INSERT INTO party_union (entry, party) VALUES (?1, ?2)"),
      united_with_(connection.handle(),
                   "SELECT p.root, p.party FROM party p WHERE p.root IN (SELECT own.root FROM party_union u "
                   "JOIN party "
                   "own ON own.party = u.party WHERE u.entry = ?1) ORDER BY p.party"),
      unions_among_(
          connection.handle(),
          "SELECT u.entry, u.party FROM party_union u WHERE u.entry IN (SELECT u2.entry FROM party p JOIN "
          "party_union u2 ON u2.party = p.party WHERE p.root = ?1) AND NOT EXISTS (SELECT 1 FROM "
          "withdrawn_now w WHERE w.entry = u.entry) ORDER BY u.entry, u.party"),
      set_root_(connection.handle(), "UPDATE party SET root = ?2 WHERE party = ?1 AND root <> ?2"),
      united_roots_(
          connection.handle(),
          "SELECT p.root, p.party FROM party_union u JOIN party p ON p.party = u.party WHERE u.entry = ?1"),
      move_root_(connection.handle(), "UPDATE party SET root = ?2 WHERE root = ?1"),
      lines_of_(connection.handle(), select_lines("party p JOIN entry e ON e.party = p.party",
                                                  "p.root = ?1 AND e.kind = 'party' AND NOT EXISTS (SELECT 1 "
                                                  "FROM withdrawn_now w WHERE w.entry = e.entry)")),
      line_(connection.handle(), select_lines("entry e", "e.entry = ?1")),
      first_name_of_(
          connection.handle(),
          "SELECT n.name FROM party p JOIN party_name n ON n.party = p.party WHERE p.root = ?1 ORDER BY "
          "n.by_claim DESC, n.entry, n.name LIMIT 1"),
      set_profile_(
          connection.handle(),
          "UPDATE party SET name = ?2, type = ?3, country = ?4, founded = ?5, market = ?6 WHERE party = ?1") {
}

std::vector<PartyRegistry::Fit> PartyRegistry::collect(Statement& statement) {
    std::vector<Fit> fits;
    while (statement.step()) append(fits, statement);
    return fits;
}

void PartyRegistry::append(std::vector<Fit>& fits, const Statement& row) {
    const Fit fit{row.integer(0), row.integer(1)};
    if (fits.empty() || fits.back() != fit) fits.push_back(fit);
}

std::vector<std::int64_t> PartyRegistry::roots(const std::vector<Fit>& fits) {
    std::set<std::int64_t> distinct;
    for (const Fit& fit : fits) distinct.insert(fit.root);
    return {distinct.begin(), distinct.end()};
}

template <class... Keys>
PartyRegistry::Named PartyRegistry::named(Statement& lines, const Keys&... keys) {
    constexpr int few = 8;
    Named named;
    std::vector<Fit>& fits = named.fits;
    int same = 0;
    lines.bind(keys..., std::numeric_limits<std::int64_t>::max());
    while (lines.step()) {
        const bool is_known = !fits.empty() && fits.back().party == lines.integer(1);
        if (lines.integer(2) == 0) {
            named.taken_back = true;
        } else {
            append(fits, lines);
        }
        // Other lines of a party are stepped over while they are few.
        same = is_known ? same + 1 : 0;
        if (same == few) lines.bind(keys..., fits.back().party);
    }
    std::reverse(fits.begin(), fits.end());
    return named;
}

std::vector<PartyRegistry::Fit> PartyRegistry::by_name(std::string_view composed) {
    auto [fits, taken_back] = named(by_name_, composed);
    // A claim is enough to have a party, also when the line that first named it was taken back.
    if (fits.empty() && taken_back) {
        connection_->write_waiting();
        fits = collect(by_claim_.bind(composed));
    }
    return fits;
}

std::vector<PartyRegistry::Fit> PartyRegistry::by_identifier(std::string_view scheme,
                                                             std::string_view value) {
    auto fits = named(by_identifier_, scheme, value).fits;
    // The line with the id stood in the chain that names it, and was taken back in another.
    if (fits.empty() && reads_as_written()) fits = named(by_any_identifier_, scheme, value).fits;
    return fits;
}

std::optional<std::int64_t> PartyRegistry::find(std::string_view name) {
    auto fits = by_name(nfc(name));
    if (is_scheme_value(name)) {
        const std::size_t colon = name.find(':');
        const auto identified = by_identifier(name.substr(0, colon), name.substr(colon + 1));
        fits.insert(fits.end(), identified.begin(), identified.end());
        if (fits.empty()) throw Error::refused(ErrorCode::unknown_party, name, "the id of a party on record");
    }
    if (fits.empty()) return std::nullopt;
    keep_one_party(fits, name);
    return fits.front().party;
}

std::int64_t PartyRegistry::root(std::int64_t party) {
    root_of_.bind(party);
    const std::int64_t root = root_of_.step() ? root_of_.integer(0) : party;
    root_of_.reset();
    return root;
}

std::string PartyRegistry::name(std::int64_t root) {
    name_of_.bind(root);
    std::string name = name_of_.step() ? std::string(name_of_.text(0)) : std::string();
    name_of_.reset();
    return name;
}

std::int64_t PartyRegistry::create(std::string_view name) {
    insert_party_.bind(++last_party_, name, std::nullopt, std::nullopt, std::nullopt, std::nullopt).run();
    return last_party_;
}

std::int64_t PartyRegistry::create(const Party& line) {
    const auto founded = line.founded ? std::optional(line.founded->to_string()) : std::nullopt;
    const auto type = line.type ? std::optional(to_string(*line.type)) : std::nullopt;
    insert_party_.bind(++last_party_, line.name, type, line.country, founded, line.market).run();
    return last_party_;
}

void PartyRegistry::add_name(std::int64_t party, std::string_view name, std::int64_t entry) {
    const std::string composed = nfc(name);
    insert_name_.bind(std::string_view(composed), party, entry, std::int64_t{1}).run();
    if (namesakes_.keeps(composed)) namesakes_.add(composed, party, identifiers(root(party)));
}

void PartyRegistry::refresh_numbers() {
    last_party_number_.bind();
    last_party_number_.step();
    last_party_ = last_party_number_.integer(0);
    last_party_number_.reset();
    forget_kept();
}

void PartyRegistry::forget_kept() {
    profiles_.clear();
    identifiers_.clear();
    namesakes_.forget();
}

const PartyRegistry::Identifiers& PartyRegistry::identifiers(std::int64_t root) {
    constexpr std::size_t most_kept = 65'536;   // a few megabytes
    const bool only_reads = scope_ == nullptr;  // others may write meanwhile
    if (only_reads || identifiers_.size() >= most_kept) identifiers_.clear();
    if (const auto at = identifiers_.find(root); at != identifiers_.end()) return at->second;
    Identifiers& ids = identifiers_[root];
    identifiers_of_.bind(root);
    while (identifiers_of_.step()) ids.emplace(identifiers_of_.text(0), identifiers_of_.text(1));
    return ids;
}

void PartyRegistry::unite_identifiers(const std::set<std::int64_t>& roots) {
    Identifiers all;
    bool agree = true;
    for (const std::int64_t root : roots) {
        for (const auto& id : identifiers(root)) agree = all.insert(id).first->second == id.second && agree;
    }
    for (const std::int64_t root : roots) identifiers_.erase(root);
    if (agree) identifiers_.emplace(*roots.begin(), std::move(all));
}

bool PartyRegistry::conflict(std::int64_t root, const Identifiers& ids) {
    if (ids.empty()) return false;
    const Identifiers& own = identifiers(root);
    return std::any_of(ids.begin(), ids.end(), [&](const auto& id) {
        const auto at = own.find(id.first);
        return at != own.end() && at->second != id.second;
    });
}

std::string PartyRegistry::describe(const std::vector<std::int64_t>& roots) {
    std::string text;
    for (const std::int64_t root : roots) {
        if (!text.empty()) text += " and ";
        text += detail::quoted(name(root)) + " (";
        std::string ids;
        for (const auto& [scheme, value] : identifiers(root))
            ids += (ids.empty() ? "" : ", ") + scheme + ":" + value;
        text += (ids.empty() ? "no ids" : ids) + ")";
    }
    return text;
}

void PartyRegistry::refuse_ambiguous(std::string_view name, const std::vector<std::int64_t>& roots) {
    throw Error::refused(ErrorCode::ambiguous_party, name,
                         "a name of one party; it fits " + describe(roots) + ": name it by an id");
}

std::vector<PartyRegistry::Fit> PartyRegistry::that_may_be(std::string_view name, const Party& line,
                                                           const std::vector<Fit>& matched) {
    const std::string composed = nfc(name);
    if (const auto* without_id = namesakes_.without_id_of(composed, line.ids))
        return that_may_be(composed, *without_id, line, matched);
    auto fits = by_name(composed);
    keep_namesakes(composed, line, fits);
    // The same name with another id of one scheme is another party.
    std::erase_if(fits, [&](const Fit& fit) { return conflict(fit.root, line.ids); });
    std::vector<Fit> known;
    std::copy_if(fits.begin(), fits.end(), std::back_inserter(known), [&](const Fit& fit) {
        return std::any_of(matched.begin(), matched.end(),
                           [&](const Fit& other) { return other.root == fit.root; });
    });
    return known.empty() ? fits : known;
}

std::vector<PartyRegistry::Fit> PartyRegistry::that_may_be(std::string_view name,
                                                           const Namesakes::Parties& without_id,
                                                           const Party& line,
                                                           const std::vector<Fit>& matched) {
    std::vector<Fit> fits;
    for (const std::int64_t root : roots(matched)) {
        by_name_of_root_.bind(name, root);
        while (by_name_of_root_.step()) append(fits, by_name_of_root_);
    }
    const auto may_not_be = [&](const Fit& fit) { return conflict(fit.root, line.ids); };
    std::erase_if(fits, may_not_be);
    if (fits.empty()) {
        for (const std::int64_t party : without_id) fits.push_back({root(party), party});
        std::erase_if(fits, may_not_be);
    }
    std::sort(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) { return a.party < b.party; });
    return fits;
}

void PartyRegistry::keep_namesakes(const std::string& name, const Party& line, const std::vector<Fit>& fits) {
    const bool only_reads = scope_ == nullptr;
    if (only_reads || fits.size() < Namesakes::many) return;
    for (const auto& id : line.ids) {
        Namesakes::Parties parties;
        for (const Fit& fit : fits) {
            if (!identifiers(fit.root).contains(id.first)) parties.insert(fit.party);
        }
        namesakes_.keep(name, id.first, std::move(parties));
    }
}

std::vector<std::int64_t> PartyRegistry::match(const Party& line, std::optional<std::int64_t> superseded) {
    std::vector<Fit> matched;
    if (superseded) matched.push_back({root(*superseded), *superseded});
    for (const auto& [scheme, value] : line.ids) {
        const auto fits = by_identifier(scheme, value);
        matched.insert(matched.end(), fits.begin(), fits.end());
    }
    const auto match_name = [&](std::string_view field, std::string_view name) {
        auto fits = that_may_be(name, line, matched);
        try {
            keep_one_party(fits, name);
        } catch (const Error& error) {
            throw error.in_field(field);
        }
        matched.insert(matched.end(), fits.begin(), fits.end());
    };
    match_name("name", line.name);
    for (const std::string& alias : line.aliases) match_name("aliases", alias);
    if (reads_as_written()) {
        drop_conflicts(matched);
    } else {
        refuse_conflicts(line, roots(matched));
    }
    std::set<std::int64_t> parties;
    for (const Fit& fit : matched) parties.insert(fit.party);
    return {parties.begin(), parties.end()};
}

std::vector<std::int64_t> PartyRegistry::named_by_chain(std::string_view name,
                                                        const std::vector<std::int64_t>& roots) {
    if (scope_->is_whole_file()) return roots;
    const std::string composed = nfc(name);
    std::vector<std::int64_t> named;
    for (const std::int64_t root : roots) {
        bool is_named = false;
        by_name_of_root_.bind(std::string_view(composed), root);
        while (!is_named && by_name_of_root_.step()) is_named = scope_->has(by_name_of_root_.integer(3));
        by_name_of_root_.reset();
        if (is_named) named.push_back(root);
    }
    return named.empty() ? roots : named;
}

void PartyRegistry::keep_one_party(std::vector<Fit>& fits, std::string_view name) {
    const auto distinct = roots(fits);
    if (distinct.size() < 2) return;
    const auto chosen =
        scope_ != nullptr ? scope_->choose_party(named_by_chain(name, distinct)) : std::nullopt;
    if (!chosen) refuse_ambiguous(name, distinct);
    std::erase_if(fits, [&](const Fit& fit) { return fit.root != *chosen; });
}

void PartyRegistry::drop_conflicts(std::vector<Fit>& fits) {
    std::vector<std::int64_t> kept;
    for (const Fit& fit : fits) {
        const bool known = std::find(kept.begin(), kept.end(), fit.root) != kept.end();
        const bool fails = !known && std::any_of(kept.begin(), kept.end(), [&](std::int64_t other) {
            return conflict(fit.root, Identifiers(identifiers(other)));
        });
        if (!known && !fails) kept.push_back(fit.root);
    }
    std::erase_if(
        fits, [&](const Fit& fit) { return std::find(kept.begin(), kept.end(), fit.root) == kept.end(); });
}

void PartyRegistry::refuse_conflicts(const Party& line, const std::vector<std::int64_t>& roots) {
    for (std::size_t i = 1; i < roots.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (!conflict(roots[i], Identifiers(identifiers(roots[j])))) continue;
            throw Error::refused(ErrorCode::ambiguous_party, line.name,
                                 "names and ids of one party; they are of " + describe({roots[j], roots[i]}))
                .in_field("name");
        }
    }
}

void PartyRegistry::add(const Party& line, std::int64_t party, const std::vector<std::int64_t>& matched,
                        std::int64_t entry) {
    if (matched.size() > 1) {
        for (const std::int64_t united : matched) insert_union_.bind(entry, united).run();
    }
    // A name or an id stays with the party that had it, should the line that unites them be taken back.
    const auto owner = [&](const auto& fits) {
        if (matched.size() < 2) return party;
        for (const Fit& fit : fits()) {
            if (std::find(matched.begin(), matched.end(), fit.party) != matched.end()) return fit.party;
        }
        return party;
    };
    std::vector<std::pair<std::string, std::int64_t>> kept_names;  // with its party
    const auto add_name = [&](std::string_view name) {
        std::string composed = nfc(name);
        const std::int64_t of = owner([&] { return by_name(composed); });
        insert_name_.bind(std::string_view(composed), of, entry, std::int64_t{0}).run();
        if (namesakes_.keeps(composed)) kept_names.emplace_back(std::move(composed), of);
    };
    add_name(line.name);
    for (const std::string& alias : line.aliases) add_name(alias);
    for (const auto& id : line.ids) {
        const std::int64_t of = owner([&] { return by_identifier(id.first, id.second); });
        insert_identifier_.bind(std::string_view(id.first), std::string_view(id.second), of, entry).run();
        const auto kept = identifiers_.find(root(of));
        if (kept == identifiers_.end()) continue;
        const bool is_another = kept->second.insert(id).first->second != id.second;
        if (is_another) identifiers_.erase(kept);  // which one stands is read again
    }
    for (const auto& [name, of] : kept_names) namesakes_.add(name, of, identifiers(root(of)));
}

std::set<std::int64_t> PartyRegistry::united_roots(std::int64_t entry) {
    std::set<std::int64_t> united;
    for (const Fit& fit : collect(united_roots_.bind(entry))) united.insert(fit.root);
    return united;
}

void PartyRegistry::unite(const std::set<std::int64_t>& roots) {
    const std::int64_t low = *roots.begin();
    unite_identifiers(roots);
    Profile united;
    for (const std::int64_t root : roots) {
        const auto kept = profiles_.extract(root);
        united.take(kept.empty() ? read_profile(lines_of_.bind(root)) : kept.mapped());
        if (root != low) move_root_.bind(root, low).run();
    }
    for (const std::int64_t root : roots) {
        if (root != low) write_profile(root, {});
    }
    write_profile(low, profiles_[low] = std::move(united));
}

std::set<std::int64_t> PartyRegistry::refresh_roots(std::int64_t entry) {
    forget_kept();
    united_with_.bind(entry);
    const auto parties = collect(united_with_);
    std::set<std::int64_t> affected;
    UnitedParties groups;
    for (const Fit& fit : parties) {
        affected.insert(fit.root);
        groups.add(fit.party);
    }
    for (const std::int64_t before : std::set(affected)) {
        unions_among_.bind(before);
        const auto rows = collect(unions_among_);  // the line and one of its parties
        for (std::size_t i = 1; i < rows.size(); ++i) {
            if (rows[i].root == rows[i - 1].root) groups.unite(rows[i].party, rows[i - 1].party);
        }
    }
    for (const auto& [party, root] : groups.roots()) {
        set_root_.bind(party, root).run();
        affected.insert(root);
    }
    return affected;
}

PartyRegistry::Profile PartyRegistry::read_profile(Statement& lines) {
    Profile profile;
    while (lines.step()) {
        const std::span<const std::uint8_t> id = lines.blob(6);
        Profile line;
        for (std::size_t i = 0; i < line.fields.size(); ++i) {
            const int column = static_cast<int>(i);
            if (lines.is_null(column)) continue;
            line.fields[i] = {std::string(lines.text(column)),
                              {lines.integer(5), std::string(id.begin(), id.end())}};
        }
        profile.take(line);
    }
    return profile;
}

void PartyRegistry::refresh_profile(std::int64_t root) {
    constexpr std::size_t most_kept = 4096;  // a few megabytes
    identifiers_.erase(root);
    if (profiles_.size() >= most_kept) profiles_.clear();
    write_profile(root, profiles_[root] = read_profile(lines_of_.bind(root)));
}

void PartyRegistry::add_to_profile(std::int64_t root, std::int64_t entry) {
    const auto kept = profiles_.find(root);
    if (kept == profiles_.end()) return refresh_profile(root);
    kept->second.take(read_profile(line_.bind(entry)));
    write_profile(root, kept->second);
}

void PartyRegistry::write_profile(std::int64_t root, const Profile& profile) {
    std::optional<std::string> name = profile.fields[0].text;
    if (!name) {
        first_name_of_.bind(root);
        if (first_name_of_.step()) name = first_name_of_.optional_text(0);
        first_name_of_.reset();
    }
    if (!name) name = this->name(root);
    const auto text = [&](std::size_t field) { return profile.fields[field].text; };
    set_profile_.bind(root, name, text(1), text(2), text(3), text(4)).run();
}

}  // namespace postmoney::detail
