#include "dossier_reader.hpp"

#include <algorithm>

#include "hex.hpp"

namespace postmoney::detail {

namespace {

// The columns of a claim, and when it stood: ?2 is the time that the ledger is looked at.
std::string select_claims(std::string_view from, std::string_view where) {
    return "SELECT e.entry, c.id, e.seq, e.id, e.recorded, e.source, other.root, "
           "(SELECT p.name FROM party p WHERE p.party = other.root), e.body FROM " +
           std::string(from) +
           " JOIN chain c ON c.chain = e.chain LEFT JOIN party other ON other.party = e.counterparty WHERE " +
           std::string(where) +
           " AND e.recorded <= ?2 AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = e.entry AND "
           "w.known_from <= ?2 AND w.known_to > ?2) ORDER BY e.entry";
}

[[nodiscard]] std::int64_t known(const std::optional<Timestamp>& known_at) {
    return known_at ? std::min(known_at->microseconds(), still - 1) : still - 1;
}

}  // namespace

DossierReader::DossierReader(Connection& connection)
    : of_company_(connection.handle(),
                  select_claims("party own JOIN entry e ON e.party = own.party", "own.root = ?1")),
      of_kind_(connection.handle(), select_claims("entry e", "e.kind = ?1")),
      naming_(connection.handle(),
              select_claims("party own JOIN entry e ON e.counterparty = own.party", "own.root = ?1")),
      source_(connection.handle(),
              "SELECT e.body FROM source s JOIN entry e ON e.entry = s.entry WHERE (s.entry = ?1 OR (s.first_entry = ?1 "
              "AND s.first_entry <> s.entry)) AND e.recorded <= ?2 AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE "
              "w.entry = e.entry AND w.known_from <= ?2 AND w.known_to > ?2) ORDER BY e.entry DESC LIMIT 1"),
      name_(connection.handle(), "SELECT name FROM party WHERE party = ?1"),
      units_(connection.handle(), "SELECT code, decimals FROM currency") {
    refresh_currencies();
}

void DossierReader::refresh_currencies() {
    currencies_ = Currencies();  // what a transaction added that was rolled back is not there
    units_.bind();
    while (units_.step()) {
        currencies_.add(Currency::user_defined(units_.text(0), static_cast<int>(units_.integer(1))));
    }
}

NumberedDossier DossierReader::company(std::int64_t root, std::optional<Timestamp> known_at) {
    NumberedDossier result = read(of_company_.bind(root, known(known_at)), known(known_at));
    result.dossier.party = root;
    name_.bind(root);
    if (name_.step()) result.dossier.company = name_.text(0);
    name_.reset();
    return result;
}

std::vector<Claim> DossierReader::of_kind(EntryKind kind, std::optional<Timestamp> known_at) {
    return read(of_kind_.bind(to_string(kind), known(known_at)), known(known_at)).dossier.claims;
}

std::vector<Claim> DossierReader::naming(std::int64_t root, std::optional<Timestamp> known_at) {
    return read(naming_.bind(root, known(known_at)), known(known_at)).dossier.claims;
}

NumberedDossier DossierReader::read(Statement& statement, std::int64_t known) {
    NumberedDossier result;
    Sources sources;
    while (statement.step()) {
        FactsLine line = facts_.read(statement.text(8), currencies_);
        Claim claim{.entry = std::move(line.entry),
                    .id = hex_from_blob<EntryId>(statement.blob(3)),
                    .recorded = Timestamp::from_microseconds(statement.integer(4)),
                    .place = {hex_from_text<ChainId>(statement.text(1)), statement.integer(2)},
                    .source = {},
                    .counterparty = statement.integer(6),
                    .counterparty_name = std::string(statement.text(7))};
        if (const auto first = statement.optional_integer(5)) claim.source = source(*first, known, sources);
        result.entries.push_back(statement.integer(0));
        result.dossier.claims.push_back(std::move(claim));
    }
    return result;
}

std::shared_ptr<const Source> DossierReader::source(std::int64_t first_entry, std::int64_t known, Sources& cache) {
    const auto [at, is_new] = cache.try_emplace(first_entry);
    if (is_new) {
        source_.bind(first_entry, known);
        if (source_.step()) {
            const FactsLine line = facts_.read(source_.text(0), currencies_);
            at->second = std::make_shared<const Source>(std::get<Source>(line.entry.content));
        }
        source_.reset();
    }
    return at->second;
}

}  // namespace postmoney::detail
