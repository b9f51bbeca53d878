#include "ledger/read/dossier_reader.hpp"

#include <algorithm>
#include <iterator>

#include "base/hex.hpp"
#include "ledger/read/standing_reader.hpp"
#include "ledger/read/united_parties.hpp"
#include "postmoney/value/parity.hpp"

namespace postmoney::detail {

namespace {

// The columns of a claim, and when it stood: ?2 is the time that the ledger is looked at.
std::string select_claims(std::string_view from, std::string_view where, std::string_view order = "e.entry") {
    return "SELECT e.entry, e.chain, e.seq, e.id, e.recorded, e.source, other.root, "
           "(SELECT p.name FROM party p WHERE p.party = other.root), e.body, e.counterparty, e.party FROM " +
           std::string(from) + " LEFT JOIN party other ON other.party = e.counterparty WHERE " +
           std::string(where) + " AND " + stood_at("?2") + " ORDER BY " + std::string(order);
}

[[noreturn]] void refuse_damaged(const std::string& what, const Error& error) {
    throw Error(ErrorCode::damaged, what + " was changed: " + error.what() + "; restore a backup");
}

// What was checked before it was recorded reads without an error, unless it was changed since.
[[nodiscard]] Entry entry_of(FactsReader& facts, std::string_view body, const Currencies& currencies,
                             std::int64_t number) {
    try {
        return facts.read_entry(body, currencies);
    } catch (const Error& error) {
        refuse_damaged("entry " + std::to_string(number), error);
    }
}

// The last of the currencies that replaced it, one after the other.
[[nodiscard]] std::string_view last_successor(std::string_view code) {
    return follow_parities(code, std::nullopt, [](const Parity&) {});
}

using CurrencyPair = std::pair<std::string, std::string>;
using Codes = std::set<std::string, std::less<>>;

// Those of the pairs by which one of the currencies can come to another of them: its own pair, or one with a
// third currency that has a rate, or may be at parity, with the other.
[[nodiscard]] std::vector<CurrencyPair> pairs_that_convert(const std::vector<CurrencyPair>& pairs,
                                                           const Codes& codes) {
    std::map<std::string_view, std::set<std::string_view>> ends_of;  // by third currency
    for (const auto& [base, quote] : pairs) {
        if (codes.contains(base)) ends_of[quote].insert(base);
        if (codes.contains(quote)) ends_of[base].insert(quote);
    }
    for (auto& [third, ends] : ends_of) {
        for (const std::string& code : codes) {
            if (last_successor(code) == last_successor(third)) ends.insert(code);
        }
    }
    const auto serves = [&](const std::string& end, const std::string& other) {
        return codes.contains(end) && (codes.contains(other) || ends_of.at(other).size() > 1);
    };
    std::vector<CurrencyPair> found;
    std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(found), [&](const CurrencyPair& pair) {
        return serves(pair.first, pair.second) || serves(pair.second, pair.first);
    });
    return found;
}

}  // namespace

NumberedDossier UnreadDossier::read(FactsReader& facts, const Currencies& currencies) && {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const std::string_view body = std::string_view(bodies).substr(begin, ends[i] - begin);
        numbered.dossier.claims[i].entry = entry_of(facts, body, currencies, numbered.entries[i]);
        begin = ends[i];
    }
    return std::move(numbered);
}

DossierReader::DossierReader(Connection& connection)
    : connection_(&connection),
      chains_(connection),
      of_company_(connection.handle(), select_claims("entry e", "e.party = ?1")),
      of_companies_(connection.handle(),
                    select_claims("json_each(?1) own JOIN entry e ON e.party = own.value", "true")),
      of_kind_(connection.handle(), select_claims("entry e", "e.kind = ?1")),
      rival_rates_(
          connection.handle(),
          select_claims("(SELECT base, quote, on_date FROM fx_rate GROUP BY base, quote, on_date HAVING "
                        "count(*) > 1) fact JOIN fx_rate f USING (base, quote, on_date) JOIN entry e "
                        "ON e.entry = f.entry",
                        "true")),
      rival_markets_(
          connection.handle(),
          select_claims("(SELECT market, period FROM market_total GROUP BY market, period HAVING "
                        "count(*) > 1) fact JOIN market_total m USING (market, period) JOIN entry e "
                        "ON e.entry = m.entry",
                        "true")),
      rates_of_fact_(connection.handle(),
                     select_claims("fx_rate own JOIN fx_rate other_rate ON other_rate.base = own.base AND "
                                   "other_rate.quote = own.quote AND other_rate.on_date = own.on_date JOIN "
                                   "entry e ON e.entry = other_rate.entry",
                                   "own.entry = ?1")),
      rates_of_pair_(connection.handle(), select_claims("fx_rate f JOIN entry e ON e.entry = f.entry",
                                                        "f.base = ?1 AND f.quote = ?3")),
      next_pair_(
          connection.handle(),
          "SELECT base, quote FROM fx_rate WHERE (base, quote) > (?1, ?2) ORDER BY base, quote LIMIT 1"),
      companies_of_investor_(
          connection.handle(),
          "SELECT DISTINCT e.party FROM json_each(?1) own JOIN entry e ON e.counterparty = "
          "own.value WHERE e.kind = 'participation' AND " +
              stood_at("?2")),
      source_(connection.handle(), "SELECT e.body FROM entry e WHERE e.entry = ?1 AND " + stood_at("?2")),
      is_said_again_(connection.handle(),
                     "SELECT 1 FROM source WHERE first_entry = ?1 AND first_entry <> entry LIMIT 1"),
      sources_said_again_(connection.handle(), "SELECT first_entry FROM source WHERE first_entry <> entry"),
      source_said_again_(connection.handle(),
                         "SELECT e.body FROM source s JOIN entry e ON e.entry = s.entry WHERE (s.entry = ?1 "
                         "OR (s.first_entry = ?1 AND s.first_entry <> s.entry)) AND " +
                             stood_at("?2") + " ORDER BY e.recorded DESC, e.id DESC LIMIT 1"),
      name_(connection.handle(), "SELECT name FROM party WHERE party = ?1"),
      root_(connection.handle(), "SELECT root FROM party WHERE party = ?1"),
      members_(connection.handle(), "SELECT party FROM party WHERE root = ?1 ORDER BY party"),
      unions_(connection.handle(),
              "SELECT u.entry, u.party FROM party_union u JOIN entry e ON e.entry = u.entry WHERE e.recorded "
              "<= ?1 AND "
              "NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = u.entry AND w.known_from <= ?1 AND "
              "w.known_to > ?1) "
              "ORDER BY u.entry, u.party"),
      units_(connection.handle(), "SELECT code, decimals FROM currency") {}

const std::shared_ptr<const Currencies>& DossierReader::shared_currencies() {
    if (currencies_) return currencies_;
    Currencies known;
    units_.bind();
    while (units_.step()) {
        try {
            known.add(Currency::user_defined(units_.text(0), static_cast<int>(units_.integer(1))));
        } catch (const Error& error) {
            refuse_damaged("the table currency", error);
        }
    }
    return currencies_ = std::make_shared<const Currencies>(std::move(known));
}

void DossierReader::add_currency(const Currency& currency) {
    Currencies known = currencies();
    known.add(currency);
    currencies_ = std::make_shared<const Currencies>(std::move(known));
}

Currency DossierReader::currency(std::string_view code) {
    if (const auto iso = Currency::find_iso(code)) return *iso;
    return currencies().get(code);
}

NumberedDossier DossierReader::company(std::int64_t party, std::optional<Timestamp> known_at) {
    const Unions unions = unions_at(known_at);
    return read(unread_root(root(party, unions), known_at, unions));
}

UnreadDossier DossierReader::unread_root(std::int64_t root, std::optional<Timestamp> known_at,
                                         const Unions& unions) {
    UnreadDossier result = read(of_company_, of_companies_, root, known_at, unions);
    result.numbered.dossier.party = root;
    result.numbered.dossier.company = name(root);
    return result;
}

// The parties and the claims are walked side by side, which is faster than to look for each; those that are
// the same as others are few. The statements are those of this walk alone, as `use` may begin another.
void DossierReader::for_each_root(std::optional<Timestamp> known_at,
                                  const std::function<void(UnreadDossier)>& use) {
    const Unions unions = unions_at(known_at);
    const std::int64_t known = known_time(known_at);
    Statement parties(connection_->handle(), "SELECT party, root, name FROM party ORDER BY party");
    Statement claims(connection_->handle(),
                     select_claims("entry e", "e.party IS NOT NULL", "e.party, e.entry"));
    std::set<std::int64_t> of_several;  // roots
    const auto root_of = [&](const Statement& party) {
        return unions ? root(party.integer(0), unions) : party.integer(1);
    };
    while (parties.step()) {
        if (const std::int64_t its = root_of(parties); its != parties.integer(0)) of_several.insert(its);
    }
    const SaidAgain said_again = sources_said_again();
    claims.bind(std::nullopt, known);
    bool more = claims.step();
    constexpr int party_column = 10;
    while (parties.step()) {
        const std::int64_t party = parties.integer(0);
        const bool alone = root_of(parties) == party && !of_several.contains(party);
        UnreadDossier own;
        own.numbered.dossier.party = party;
        own.numbered.dossier.company = parties.text(2);
        Sources sources;
        for (; more && claims.integer(party_column) <= party; more = claims.step()) {
            if (alone) add_claim(own, sources, claims, known, unions, said_again);
        }
        if (alone) {
            use(std::move(own));
        } else if (of_several.contains(party)) {
            use(unread_root(party, known_at, unions));
        }
    }
}

std::vector<Claim> DossierReader::of_kind(EntryKind kind, std::optional<Timestamp> known_at) {
    const std::int64_t known = known_time(known_at);
    NumberedDossier found = read(read(of_kind_.bind(to_string(kind), known), known, unions_at(known_at)));
    if (kind != EntryKind::retraction) return std::move(found.dossier.claims);
    StandingReader standing(*connection_);
    standing.look_at(known_at);
    std::vector<Claim> claims;
    for (std::size_t i = 0; i < found.entries.size(); ++i) {
        if (standing.of(found.entries[i]) == Standing::stands)
            claims.push_back(std::move(found.dossier.claims[i]));
    }
    return claims;
}

std::vector<Claim> DossierReader::rival_rates_and_markets(std::optional<Timestamp> known_at) {
    const std::int64_t known = known_time(known_at);
    std::vector<Claim> claims;
    for (Statement* rivals : {&rival_rates_, &rival_markets_}) {
        NumberedDossier found = read(read(rivals->bind(std::nullopt, known), known, std::nullopt));
        std::move(found.dossier.claims.begin(), found.dossier.claims.end(), std::back_inserter(claims));
    }
    return claims;
}

std::vector<Claim> DossierReader::rates_among(const std::set<std::string, std::less<>>& codes,
                                              std::optional<Timestamp> known_at) {
    const std::int64_t known = known_time(known_at);
    std::vector<Claim> claims;
    for (const CurrencyPair& pair : pairs_that_convert(pairs_of_rates(), codes)) {
        rates_of_pair_.bind(std::string_view(pair.first), known, std::string_view(pair.second));
        NumberedDossier found = read(read(rates_of_pair_, known, std::nullopt));
        std::move(found.dossier.claims.begin(), found.dossier.claims.end(), std::back_inserter(claims));
    }
    return claims;
}

// By the index, a step a pair: there are many rates of few pairs.
std::vector<std::pair<std::string, std::string>> DossierReader::pairs_of_rates() {
    std::vector<CurrencyPair> pairs;
    CurrencyPair last;
    while (next_pair_.bind(std::string_view(last.first), std::string_view(last.second)).step()) {
        last = {std::string(next_pair_.text(0)), std::string(next_pair_.text(1))};
        pairs.push_back(last);
    }
    next_pair_.reset();
    return pairs;
}

NumberedDossier DossierReader::rates_of_fact(std::int64_t entry) {
    const std::int64_t known = known_time(std::nullopt);
    return read(read(rates_of_fact_.bind(entry, known), known, std::nullopt));
}

std::set<std::int64_t> DossierReader::companies_of_investor(std::int64_t party,
                                                            std::optional<Timestamp> known_at) {
    const Unions unions = unions_at(known_at);
    const std::string members = json_of(members_of(root(party, unions), unions));
    std::vector<std::int64_t> found;
    companies_of_investor_.bind(std::string_view(members), known_time(known_at));
    while (companies_of_investor_.step()) found.push_back(companies_of_investor_.integer(0));
    std::set<std::int64_t> companies;
    for (const std::int64_t company : found) companies.insert(root(company, unions));
    return companies;
}

std::int64_t DossierReader::root_at(std::int64_t party, std::optional<Timestamp> known_at) {
    return root(party, unions_at(known_at));
}

DossierReader::Unions DossierReader::unions_at(std::optional<Timestamp> known_at) {
    if (!known_at) return std::nullopt;
    UnitedParties groups;
    std::int64_t last_entry = 0;
    std::int64_t last_party = 0;
    unions_.bind(known_time(known_at));
    while (unions_.step()) {
        const std::int64_t entry = unions_.integer(0);
        const std::int64_t party = unions_.integer(1);
        groups.add(party);
        if (entry == last_entry) groups.unite(party, last_party);
        last_entry = entry;
        last_party = party;
    }
    return groups.roots();
}

std::int64_t DossierReader::root(std::int64_t party, const Unions& unions) {
    if (unions) {
        const auto at = unions->find(party);
        return at == unions->end() ? party : at->second;
    }
    root_.bind(party);
    const std::int64_t root = root_.step() ? root_.integer(0) : party;
    root_.reset();
    return root;
}

std::vector<std::int64_t> DossierReader::members_of(std::int64_t root, const Unions& unions) {
    std::vector<std::int64_t> members{root};
    const auto add = [&](std::int64_t party) {
        if (party != root) members.push_back(party);
    };
    if (unions) {
        for (const auto& [party, its_root] : *unions) {
            if (its_root == root) add(party);
        }
    } else {
        members_.bind(root);
        while (members_.step()) add(members_.integer(0));
    }
    return members;
}

std::string DossierReader::json_of(const std::vector<std::int64_t>& members) {
    std::string json;
    for (const std::int64_t member : members) {
        json += json.empty() ? '[' : ',';
        json += std::to_string(member);
    }
    return json + "]";
}

// Of one party, its index gives the claims in their order: nothing is to be sorted.
UnreadDossier DossierReader::read(Statement& of_one, Statement& of_several, std::int64_t root,
                                  std::optional<Timestamp> known_at, const Unions& unions) {
    const std::int64_t known = known_time(known_at);
    const std::vector<std::int64_t> members = members_of(root, unions);
    if (members.size() == 1) return read(of_one.bind(root, known), known, unions);
    const std::string json = json_of(members);
    return read(of_several.bind(std::string_view(json), known), known, unions);
}

const ChainPaths& DossierReader::chains() {
    if (!chains_are_read_) chains_.refresh();
    chains_are_read_ = true;
    return chains_;
}

ChainId DossierReader::chain_id(std::int64_t chain) {
    if (!chains().rows().contains(chain)) chains_.refresh();  // a merge brought it
    const auto at = chains().rows().find(chain);
    if (at != chains().rows().end()) return at->second.id;
    throw Error(ErrorCode::damaged,
                "an entry is of chain " + std::to_string(chain) + ", which is not there; restore a backup");
}

std::string DossierReader::name(std::int64_t party) {
    name_.bind(party);
    std::string name = name_.step() ? std::string(name_.text(0)) : std::string();
    name_.reset();
    return name;
}

UnreadDossier DossierReader::read(Statement& statement, std::int64_t known, const Unions& unions) {
    UnreadDossier result;
    Sources sources;
    while (statement.step()) add_claim(result, sources, statement, known, unions, std::nullopt);
    return result;
}

void DossierReader::add_claim(UnreadDossier& to, Sources& sources, const Statement& row, std::int64_t known,
                              const Unions& unions, const SaidAgain& said_again) {
    Claim claim{.entry = {},
                .id = hex_from_blob<EntryId>(row.blob(3)),
                .recorded = Timestamp::from_microseconds(row.integer(4)),
                .place = {chain_id(row.integer(1)), row.integer(2)},
                .source = {},
                .counterparty = row.integer(6),
                .counterparty_name = std::string(row.text(7))};
    if (const auto other = row.optional_integer(9); other && unions) {
        claim.counterparty = root(*other, unions);
        if (claim.counterparty != row.integer(6)) claim.counterparty_name = name(claim.counterparty);
    }
    if (const auto first = row.optional_integer(5)) {
        const auto [at, is_new] = sources.try_emplace(*first);
        if (is_new) at->second = source_known(*first, known, said_again);
        claim.source = at->second;
    }
    to.bodies.append(row.text(8));
    to.ends.push_back(to.bodies.size());
    to.numbered.entries.push_back(row.integer(0));
    to.numbered.dossier.claims.push_back(std::move(claim));
}

std::shared_ptr<const Source> DossierReader::source(std::int64_t first_entry,
                                                    std::optional<Timestamp> known_at) {
    return source_known(first_entry, known_time(known_at), std::nullopt);
}

DossierReader::SaidAgain DossierReader::sources_said_again() {
    std::set<std::int64_t> sources;
    for (sources_said_again_.bind(); sources_said_again_.step();)
        sources.insert(sources_said_again_.integer(0));
    return sources;
}

std::shared_ptr<const Source> DossierReader::source_known(std::int64_t first_entry, std::int64_t known,
                                                          const SaidAgain& said_again) {
    std::shared_ptr<const Source> found;
    const auto look_up = [&] {
        is_said_again_.bind(first_entry);
        const bool found_one = is_said_again_.step();
        is_said_again_.reset();
        return found_one;
    };
    const bool several = said_again ? said_again->contains(first_entry) : look_up();
    Statement& read = several ? source_said_again_ : source_;
    read.bind(first_entry, known);
    if (read.step()) {
        Entry entry = entry_of(facts_, read.text(0), currencies(), first_entry);
        auto* content = std::get_if<Source>(&entry.content);
        if (content == nullptr)
            throw Error(ErrorCode::damaged, "a source is of another kind; restore a backup");
        found = std::make_shared<const Source>(std::move(*content));
    }
    read.reset();
    return found;
}

}  // namespace postmoney::detail
