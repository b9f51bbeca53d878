// References: what a new entry refers to, found before anything of it is written. ReferenceResolver finds
// them by the roles of the kind's fields, and refuses what refers to nothing or to the wrong thing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lookup_cache.hpp"
#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/entry_names.hpp"
#include "ledger/write/name_scope.hpp"
#include "ledger/write/party_registry.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// A party that an entry names: one on record, or a new one by that name.
struct PartyReference {
    std::optional<std::int64_t> party = {};
    std::int64_t root = 0;
    std::string_view new_name = {};

    [[nodiscard]] bool is_new() const noexcept { return !new_name.empty(); }
};

struct References {
    std::optional<std::int64_t> source;            // the entry that first stated it
    std::shared_ptr<const Source> source_content;  // as it stands
    PartyReference subject;
    PartyReference counterparty;
    std::optional<std::int64_t> round;
    std::string_view new_round;  // the handle of a round that the entry brings up
    std::optional<std::int64_t> target;
    std::optional<std::int64_t> superseded_retraction;
    std::vector<std::int64_t> matched_parties;  // of a party line: the parties that it is about
    std::int64_t first_source_entry = 0;        // of a source line: the one that it speaks for; 0: itself
};

class ReferenceResolver {
  public:
    ReferenceResolver(Connection& connection, DossierReader& dossiers, NameScope& scope,
                      PartyRegistry& parties);

    // What the entry refers to; texts refer to the entry. Throws the first refusal in the order of FACTS:
    // round, source, supersedes, of.
    [[nodiscard]] References resolve(const Entry& entry);
    // Throws key-reused, source-redefined, currency-redefined for a name that is to be new and is not.
    void check_new_names(const Entry& entry, const References& references);

    // The entry on record with that id.
    [[nodiscard]] std::optional<std::int64_t> find_entry(const EntryId& id);
    [[nodiscard]] bool has_source(std::string_view id) { return find_source(id).has_value(); }

    // Keeps what the entry that was just written brought up, so that it need not be looked up.
    void learn(const Entry& entry, std::int64_t number, const References& references);
    // What was looked up may mean something else now.
    void forget();

  private:
    struct KnownParty {
        std::int64_t party;
        std::int64_t root;
    };
    struct KnownRound {
        std::int64_t round;
        std::int64_t company;  // its party
        std::int64_t root;     // of the company
    };
    struct KnownSource {
        std::int64_t first_entry;
        std::shared_ptr<const Source> content;  // as it stands; null when it was retracted, or not looked up
    };

    void resolve_round(EntryKind kind, const EntryNames& names, References& references);
    void resolve_source(const Entry& entry, References& references);
    void resolve_supersedes(const Entry& entry, References& references);
    [[nodiscard]] PartyReference party_named(const NamingField& naming);
    void check_company(const EntryNames& names, const References& references);
    // Of a currency only the name can be corrected.
    void check_currency(const CurrencyDefinition& definition, const References& references);
    void check_source_id(const Source& source, const References& references);

    [[nodiscard]] std::optional<KnownParty> find_party(const NamingField& naming);
    // The round of the handle; of several, that of the company, if one is named.
    [[nodiscard]] std::optional<KnownRound> find_round(const NamingField& handle, const NamingField& company);
    [[nodiscard]] std::optional<KnownRound> choose_round(const std::vector<KnownRound>& rounds,
                                                         const NamingField& handle,
                                                         const NamingField& company);
    [[nodiscard]] std::optional<KnownSource> find_source(std::string_view id);
    // The entry that a key or an id names; of several entries of one key one of that kind, if there is one.
    [[nodiscard]] std::int64_t referred_entry(const NamingField& reference, std::optional<EntryKind> kind);
    [[nodiscard]] bool key_is_used(std::string_view key);
    [[nodiscard]] std::int64_t first_source_entry(std::int64_t source_entry);
    [[nodiscard]] std::optional<std::int64_t> party_of(std::int64_t entry);

    DossierReader* dossiers_;
    NameScope* scope_;
    PartyRegistry* parties_;

    Statement entry_by_id_;
    Statement entry_by_key_;
    Statement source_by_id_;
    Statement first_source_entry_;
    Statement round_by_handle_;
    Statement kind_and_party_;
    Statement code_of_currency_;

    // What names were found to mean. It is kept as long as there is one chain: with several it depends on
    // which chain the next entry is of.
    LookupCache<KnownParty> known_parties_;  // by name in Unicode NFC, or `scheme:value`
    LookupCache<KnownRound> known_rounds_;
    LookupCache<KnownSource> known_sources_;
};

}  // namespace postmoney::detail
