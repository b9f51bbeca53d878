// Recorder: puts entries on record: checks them against what is there, chains them, and keeps the derived
// tables up.
//
// It works within a transaction that the caller opens. After an error in `record` nothing of that entry is
// written, and the transaction can go on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/lookup_cache.hpp"
#include "base/sha256.hpp"
#include "ledger/read/chain_paths.hpp"
#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/content_writer.hpp"
#include "ledger/write/derivation.hpp"
#include "ledger/write/party_registry.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// SHA-256(previous hash, id, recorded as 8 bytes, big-endian): the chain's hash up to this entry.
[[nodiscard]] Digest chain_hash(Sha256& sha256, const Digest& previous, const EntryId& id,
                                Timestamp recorded);

class Recorder {
  public:
    Recorder(Connection& connection, DossierReader& dossiers);

    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    // To call when a transaction has begun: others may have written since the last one.
    void begin();
    // The same, to record what ledgers recorded before, by `recorded`, then chain id and seq: names are read
    // as the chain of each entry means them, so that nothing is refused for what others recorded.
    void begin_replay();
    // The chain that the next entries belong to; in a replay only.
    void go_to(std::int64_t chain);
    // Records that the chain of a replay has this content too, which is on record from another; whether it
    // is, and not from an earlier place of this one.
    bool record_repeat(const EntryId& id, Timestamp recorded);
    // Of the chain up to the last entry.
    [[nodiscard]] const Digest& hash() const noexcept { return hash_; }
    [[nodiscard]] ChainPaths& chains() noexcept { return chains_; }
    // Records the entry unless its id is on record; whether it did. `now` bounds `recorded` from above and is
    // its default. Takes of the line what it can use. Throws the refusals of references, keys and `recorded`,
    // in this order.
    bool record(FactsLine&& line, Timestamp now, std::optional<Timestamp> recorded);
    // Brings the derived tables up to date when so much waits for it that memory would grow: to call between
    // entries, and not within a savepoint.
    void relieve();
    // Where the chain ends, to come back to when a savepoint is rolled back within which no time changed.
    struct Mark {
        std::int64_t seq;
        std::int64_t entry;
        Digest hash;
        std::optional<Timestamp> last_recorded;
    };
    [[nodiscard]] Mark mark_end() const { return {seq_, entry_, hash_, last_recorded_}; }
    void go_back(const Mark& mark);
    [[nodiscard]] bool has_source(std::string_view id);
    // To call before the commit: brings the derived tables up to date.
    void finish();

    [[nodiscard]] const Currencies& currencies() { return dossiers_->currencies(); }

  private:
    // A party that an entry names: one on record, or a new one by that name.
    struct PartyReference {
        std::optional<std::int64_t> party;
        std::int64_t root = 0;
        std::string_view new_name;

        [[nodiscard]] bool is_new() const noexcept { return !new_name.empty(); }
    };
    // What a new entry refers to, found before anything is written.
    struct References {
        std::optional<std::int64_t> source;
        std::shared_ptr<const Source> source_content;
        PartyReference party;
        PartyReference counterparty;
        std::optional<std::int64_t> round;  // null with `round_handle` set: to be created
        std::string_view round_handle;
        std::optional<std::int64_t> target;
        std::optional<std::int64_t> superseded_retraction;
        std::vector<std::int64_t> matched;    // of a party line
        std::int64_t first_source_entry = 0;  // of a source line; 0: itself
        bool source_redefined = false;
    };

    [[nodiscard]] References resolve_references(const Entry& entry);
    void resolve_common(const Entry& entry, References& references);
    void resolve_content(const Source& source, References& references, const Entry& entry);
    void resolve_content(const Party& party, References& references, const Entry& entry);
    void resolve_content(const RoundStatement& statement, References& references, const Entry& entry);
    void resolve_content(const Closing& closing, References& references, const Entry& entry);
    void resolve_content(const Participation& participation, References& references, const Entry& entry);
    void resolve_content(const Valuation& valuation, References& references, const Entry& entry);
    void resolve_content(const Relation& relation, References& references, const Entry& entry);
    void resolve_content(const Remark& remark, References& references, const Entry& entry);
    void resolve_content(const Retraction& retraction, References& references, const Entry& entry);
    void resolve_content(const StatedTotal& total, References& references, const Entry& entry);
    void resolve_content(const Metric& metric, References& references, const Entry& entry);
    template <class Other>
    void resolve_content(const Other&, References&, const Entry&) {}

    // A value that a name may mean, and an entry that gives it that meaning.
    struct Meaning {
        std::int64_t value;
        std::int64_t entry;
    };
    // Whether entries of several chains are replayed: names mean what they mean in the entry's own chain.
    [[nodiscard]] bool as_written() const noexcept { return replaying_ && chains_.several(); }
    [[nodiscard]] bool on_path(std::int64_t entry);
    // Of the entries that the bound statement gives.
    [[nodiscard]] bool any_on_path(Statement& entries);
    // What a name means of the values that chains give it: what it means in this chain, else the only one;
    // when there are several, the first on record in a replay. Throws ambiguous-name.
    [[nodiscard]] std::int64_t meant(const std::vector<Meaning>& meanings, std::string_view field,
                                     std::string_view name, std::string_view expected);
    // The value in the first column of the bound statement, and the entry in its second.
    [[nodiscard]] std::optional<std::int64_t> look_up(Statement& statement, std::string_view field,
                                                      std::string_view name, std::string_view expected);
    [[nodiscard]] std::optional<std::int64_t> party_meant(const std::vector<std::int64_t>& roots);
    [[nodiscard]] bool key_is_used(std::string_view key);
    [[nodiscard]] bool source_is_redefined(const Source& source, const References& references);

    // What names were found to mean. It is kept as long as there is one chain: with several it depends on
    // which chain the next entry is of.
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
    [[nodiscard]] std::optional<KnownParty> find_party(std::string_view field, std::string_view name);
    // The round of the handle; of several, that of the company, if one is named.
    [[nodiscard]] std::optional<KnownRound> find_round(std::string_view handle,
                                                       const std::optional<std::string>& company = {});
    [[nodiscard]] std::optional<KnownRound> choose_round(const std::vector<KnownRound>& rounds,
                                                         std::string_view handle,
                                                         const std::optional<std::string>& company);
    [[nodiscard]] std::optional<KnownSource> find_source(std::string_view id);
    // What was looked up may mean something else now.
    void forget_known();
    // Others may have written, or what was written is taken back: the numbers too are read anew.
    void start_anew();

    void refer_to_party(std::string_view field, std::string_view name, PartyReference& reference);
    void refer_to_round(std::string_view handle, References& references,
                        const std::optional<std::string>& company = {});
    static void refer_to_round(const KnownRound& round, References& references);
    void check_company(std::string_view company, const References& references, std::string_view handle);
    // Of several entries of one key one of that kind, if there is one; null: of any.
    [[nodiscard]] std::int64_t referred_entry(std::string_view field, std::string_view reference,
                                              std::optional<EntryKind> kind);
    void check_keys(const Entry& entry, const References& references);
    [[nodiscard]] Timestamp recorded_time(const FactsLine& line, Timestamp now,
                                          std::optional<Timestamp> recorded) const;

    void write(FactsLine& line, References& references, Timestamp recorded);
    // By the name that a claim gives it, or the party line that is its first.
    template <class Named>
    [[nodiscard]] std::int64_t create_party(const Named& named);
    // So that it need not be read again for the claims that name it.
    void keep_source(const Entry& entry, const References& references);
    // Hands the entry to the derivation, so that it need not be read again.
    void keep_claim(FactsLine& line, const References& references, Timestamp recorded);
    // Before the entry the parties and the round that it brings up, after it what they are called.
    void create_referred(const Entry& entry, References& references);
    void name_parties(const Entry& entry, const References& references);
    // Whether what is referred to stands has to be looked at again, and then what that had replaced in turn.
    void refresh_standing(const References& references, Timestamp recorded);
    // One entry; whether that changed.
    [[nodiscard]] bool refresh_standing(std::int64_t entry, Timestamp recorded);
    // Parties become one, or cease to be.
    void regroup(std::int64_t party_line);
    // The entry that was written counts from now on.
    void begin_standing(EntryKind kind, const References& references);
    // An entry on record counts again, or no more.
    void standing_changed(std::int64_t entry);
    void claims_changed(std::int64_t party, bool profile_too);
    // Its claims rank otherwise now.
    void source_changed(std::int64_t first_source_entry);
    [[nodiscard]] std::int64_t first_source_entry(std::int64_t source_entry);
    void mark(std::int64_t root) { stale_.insert(root); }

    DossierReader* dossiers_;
    PartyRegistry parties_;
    ContentWriter contents_;
    Derivation derivation_;
    ChainPaths chains_;
    Sha256 sha256_;

    Statement entry_by_id_;
    Statement entry_by_key_;
    Statement source_by_id_;
    Statement first_source_entry_;
    Statement round_by_handle_;
    Statement entry_kind_;
    Statement insert_entry_;
    Statement insert_round_;
    Statement insert_unit_;
    Statement own_chain_;
    Statement insert_repeat_;
    Statement last_entry_;
    Statement last_round_;
    Statement places_of_;
    Statement entries_of_party_;
    Statement entries_of_round_;
    Statement withdrawn_since_;
    Statement withdrawer_;
    Statement withdraw_;
    Statement restore_;
    Statement forget_;
    Statement parties_of_source_;
    Statement companies_of_;

    std::int64_t chain_ = 1;
    std::int64_t seq_ = 0;
    std::int64_t entry_ = 0;
    std::int64_t round_ = 0;  // the last round's number
    Digest hash_;
    std::optional<Timestamp> last_recorded_;
    std::optional<Timestamp> last_beside_;  // in the other chains
    bool replaying_ = false;
    std::map<std::int64_t, ChainEnd> ends_;  // of the chains of a replay
    LookupCache<KnownParty> known_parties_;  // by name in Unicode NFC, or `scheme:value`
    LookupCache<KnownRound> known_rounds_;
    LookupCache<KnownSource> known_sources_;
    std::int64_t waiting_ = 0;  // entries since the derived tables were up to date
    std::set<std::int64_t>
        stale_;  // the parties whose derived rows are to be refreshed, as of last_recorded_
    std::set<std::int64_t> regrouped_;  // those among them that became one with others, or ceased to be
};

}  // namespace postmoney::detail
