#include "ledger/write/stale_rows.hpp"

namespace postmoney::detail {

StaleRows::StaleRows(Connection& connection, PartyRegistry& parties, Derivation& derivation,
                     OutrankedRates& rates)
    : connection_(&connection),
      parties_(&parties),
      derivation_(&derivation),
      rates_(&rates),
      kind_and_party_(connection.handle(), "SELECT kind, party FROM entry WHERE entry = ?1"),
      parties_of_source_(
          connection.handle(),
          "SELECT p.root FROM source s JOIN source_subject t ON t.source = s.first_entry JOIN party p "
          "ON p.party = t.party WHERE s.entry = ?1"),
      companies_of_investor_(
          connection.handle(),
          "SELECT p.root FROM party own JOIN entry e ON e.counterparty = own.party JOIN party p ON "
          "p.party = e.party WHERE own.root = ?1") {}

void StaleRows::entry_written(std::int64_t number, EntryKind kind, const References& references) {
    const bool is_party = kind == EntryKind::party;
    if (is_party && references.matched_parties.size() > 1) unite(number);
    if (references.subject.party) {
        const std::int64_t root = root_of(*references.subject.party);
        // A new party has the profile of the line that created it.
        if (is_party && !references.matched_parties.empty()) parties_->add_to_profile(root, number);
        make_stale(root);
    }
    // No claim names a new source yet.
    if (kind == EntryKind::source && references.first_source_entry != 0) source_changed(number);
    if (kind == EntryKind::fx_rate) rates_->rate_changed(number);
}

void StaleRows::standing_changed(std::int64_t entry) {
    kind_and_party_.bind(entry);
    if (!kind_and_party_.step()) return;
    const auto kind = from_word<EntryKind>(kind_and_party_.text(0));
    const auto party = kind_and_party_.optional_integer(1);
    kind_and_party_.reset();
    if (kind == EntryKind::party) regroup(entry);
    if (party) {
        const std::int64_t root = root_of(*party);
        if (kind == EntryKind::party) parties_->refresh_profile(root);
        make_stale(root);
    }
    if (kind == EntryKind::source) source_changed(entry);
    if (kind == EntryKind::fx_rate) rates_->rate_changed(entry);
}

void StaleRows::regroup(std::int64_t party_line) {
    for (const std::int64_t root : parties_->refresh_roots(party_line)) {
        parties_->refresh_profile(root);
        regrouped_.insert(root);
        make_stale(root);
        companies_of_investor_.bind(root);  // their investors are others now
        while (companies_of_investor_.step()) make_stale(companies_of_investor_.integer(0));
    }
}

void StaleRows::unite(std::int64_t party_line) {
    const std::set<std::int64_t> roots = parties_->united_roots(party_line);
    for (const std::int64_t root : roots) {
        regrouped_.insert(root);
        make_stale(root);
        if (root == *roots.begin()) continue;
        companies_of_investor_.bind(root);  // their investor has another number from now on
        while (companies_of_investor_.step()) make_stale(companies_of_investor_.integer(0));
    }
    parties_->unite(roots);
}

std::int64_t StaleRows::root_of(std::int64_t party) {
    return derivation_->is_fresh(party) ? party : parties_->root(party);
}

void StaleRows::source_changed(std::int64_t source_entry) {
    parties_of_source_.bind(source_entry);
    while (parties_of_source_.step()) make_stale(parties_of_source_.integer(0));
    rates_->source_changed(source_entry);
}

void StaleRows::refresh(Timestamp known_from) {
    // First all that has to go: a round may come from one company to another.
    for (const std::int64_t root : regrouped_) derivation_->end(root, known_from);
    derivation_->refresh(stale_, known_from);
    derivation_->finish();
    rates_->refresh(known_from);
    connection_->write_waiting();
    regrouped_.clear();
    stale_.clear();
}

void StaleRows::forget() {
    stale_.clear();
    regrouped_.clear();
    derivation_->forget_unfinished();
    rates_->forget();
}

}  // namespace postmoney::detail
