// StaleRows: which derived rows are out of date, those on which parties and of which exchange rates, and
// brings them up to date.
#pragma once

#include <cstdint>
#include <set>

#include "ledger/write/derivation.hpp"
#include "ledger/write/outranked_rates.hpp"
#include "ledger/write/party_registry.hpp"
#include "ledger/write/references.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class StaleRows {
  public:
    StaleRows(Connection& connection, PartyRegistry& parties, Derivation& derivation, OutrankedRates& rates);

    // The entry that was just written counts from now on.
    void entry_written(std::int64_t number, EntryKind kind, const References& references);
    // An entry on record counts again, or no more.
    void standing_changed(std::int64_t entry);
    // Brings what is derived up to date, as known from that time on.
    void refresh(Timestamp known_from);
    // What was not brought up to date was taken back.
    void forget();

  private:
    void make_stale(std::int64_t root) { stale_.insert(root); }
    // A line that was just recorded shows parties to be one.
    void unite(std::int64_t party_line);
    // Parties become one, or cease to be, because a line on record stands or does not.
    void regroup(std::int64_t party_line);
    [[nodiscard]] std::int64_t root_of(std::int64_t party);
    // The claims that name the source rank otherwise now.
    void source_changed(std::int64_t source_entry);

    Connection* connection_;
    PartyRegistry* parties_;
    Derivation* derivation_;
    OutrankedRates* rates_;
    Statement kind_and_party_;
    Statement parties_of_source_;
    Statement companies_of_investor_;
    std::set<std::int64_t> stale_;      // roots
    std::set<std::int64_t> regrouped_;  // those among them that became one with others, or ceased to be
};

}  // namespace postmoney::detail
