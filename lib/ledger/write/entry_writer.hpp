// EntryWriter: writes the rows of a new entry: the entry itself, its content, and the parties, names, round
// and currency that it brings up.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "ledger/write/chain_writer.hpp"
#include "ledger/write/content_writer.hpp"
#include "ledger/write/derivation.hpp"
#include "ledger/write/party_registry.hpp"
#include "ledger/write/references.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class EntryWriter {
  public:
    EntryWriter(Connection& connection, DossierReader& dossiers, PartyRegistry& parties,
                Derivation& derivation);

    // To call when a transaction has begun or was rolled back to a savepoint: numbers go on from what is on
    // record now, and nothing waits to be written.
    void refresh_numbers();
    // Writes the entry at the chain's place. Completes the references with the numbers of what is new;
    // returns the entry's own number. The rows of an entry that may wait are written with those of later
    // ones.
    std::int64_t write(const FactsLine& line, References& references, const ChainWriter& chain,
                       bool may_wait);
    // The number of the entry with that id, if what finds it waits.
    [[nodiscard]] std::optional<std::int64_t> find_waiting(const EntryId& id) const;
    // Writes the rows that wait.
    void write_waiting();

  private:
    // By the name that a claim gives it, or the party line that is its first.
    template <class Named>
    [[nodiscard]] std::int64_t create_party(const Named& named);
    void create_parties(const Entry& entry, References& references);
    void create_round(References& references);
    void name_parties(const Entry& entry, const References& references);
    // Keeps which party an entry of the source is about.
    void add_subject(const References& references);
    void define_currency(const CurrencyDefinition& definition);

    Connection* connection_;
    DossierReader* dossiers_;
    PartyRegistry* parties_;
    Derivation* derivation_;
    ContentWriter contents_;
    Statement last_entry_number_;
    Statement last_round_number_;
    RowBuffer entries_;
    RowBuffer ids_;
    std::vector<std::pair<EntryId, std::int64_t>> waiting_;  // the ids with their numbers
    Statement insert_round_;
    Statement insert_unit_;
    Statement insert_subject_;
    std::set<std::pair<std::int64_t, std::int64_t>> subjects_;  // on record, of the last sources
    std::int64_t last_entry_ = 0;
    std::int64_t last_round_ = 0;
};

}  // namespace postmoney::detail
