// Recorder: puts entries on record, a line a call: finds what a line refers to, gives it its place in the
// chain, writes it, settles what stands then, and keeps the derived tables up.
//
// It works within a transaction that the caller opens. After an error in `record` nothing of that entry is
// written, and the transaction can go on.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/chain_writer.hpp"
#include "ledger/write/derivation.hpp"
#include "ledger/write/entry_writer.hpp"
#include "ledger/write/name_scope.hpp"
#include "ledger/write/outranked_rates.hpp"
#include "ledger/write/party_registry.hpp"
#include "ledger/write/references.hpp"
#include "ledger/write/stale_rows.hpp"
#include "ledger/write/standing_writer.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class Recorder {
  public:
    Recorder(Connection& connection, DossierReader& dossiers);
    ~Recorder() { connection_->set_keeper({}); }

    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    // To call when a transaction has begun. What is known of the file is kept from the transaction before,
    // unless that was rolled back or others have written since.
    void begin();
    // The same, to record what ledgers recorded before, by `recorded`, then chain id and seq: names are read
    // as the chain of each entry means them, so that nothing is refused for what others recorded.
    void begin_replay();
    // The chain that the next entries belong to; in a replay only.
    void go_to(std::int64_t chain) { chain_.go_to(chain); }

    // Records the entry; false when its id is on record, or in a replay when it is in this chain: what
    // another chain has is recorded as a repeat. `now` bounds `recorded` from above and is its default. Takes
    // of the line what it can use, and leaves its id. Throws the refusals of references, keys and `recorded`,
    // in this order.
    bool record(FactsLine&& line, Timestamp now, std::optional<Timestamp> recorded);
    // To call before the commit: brings the derived tables up to date. Nobody else may write to the file
    // through this connection from then on.
    void finish();

    // The findings maybe-one-round on the companies that were brought up to date since `begin_maybe_one`.
    void begin_maybe_one() { derivation_.begin_maybe_one(); }
    [[nodiscard]] std::int64_t maybe_one_rounds() const { return derivation_.maybe_one_rounds(); }

    // Gives the place to go back to, for a savepoint that the caller opens next; until it is released the
    // derived tables wait, as long as no time changes. `let_go` is called where a question needs them: it has
    // to release the savepoint.
    [[nodiscard]] ChainPosition hold(std::function<void()> let_go);
    void release() noexcept { holds_ = false; }
    // To call when the savepoint was rolled back to.
    void go_back(const ChainPosition& position);

    [[nodiscard]] bool has_source(std::string_view id) { return references_.has_source(id); }
    [[nodiscard]] const Currencies& currencies() { return dossiers_->currencies(); }
    [[nodiscard]] ChainPaths& chains() noexcept { return chain_.paths(); }
    // Of the chain up to the last entry.
    [[nodiscard]] const Digest& hash() const noexcept { return chain_.position().hash; }

  private:
    // Whether the entry's own rows may wait: nothing that is recorded behind it looks for them but its id.
    [[nodiscard]] bool may_wait(const Entry& entry) const;
    bool record_repeat(std::int64_t entry, const FactsLine& line, std::optional<Timestamp> recorded);
    void write(FactsLine& line, References& references, bool may_wait);
    // Hands the claim to the derivation, so that it need not be read again.
    void keep_claim(FactsLine& line, std::int64_t number, const References& references);
    // For `begin`: nothing waits, and questions within the transaction get the derived tables up to date.
    void begin_keeping();
    // Brings the derived tables up to date, and goes on with what is kept of companies.
    void refresh();
    // Throws misuse when an error came while the derived tables were written, as a part of them may be.
    void check_unbroken() const;
    // Brings the derived tables up to date when so much waits for it or is kept that memory would grow.
    void relieve();
    // What was looked up may mean something else now.
    void forget_known();
    // How the file is, for `begin` to tell whether it still is so.
    struct FileState {
        std::int64_t data_version;
        std::int64_t roll_backs;
        friend bool operator==(const FileState&, const FileState&) = default;
    };
    [[nodiscard]] FileState file_state();
    // Others may have written, or what was written is taken back: the numbers too are read anew.
    void start_anew();

    Connection* connection_;
    DossierReader* dossiers_;
    Statement data_version_;
    std::optional<FileState> left_;  // how the last transaction left it
    ChainWriter chain_;
    NameScope scope_;
    PartyRegistry parties_;
    Derivation derivation_;
    OutrankedRates rates_;
    ReferenceResolver references_;
    EntryWriter writer_;
    StandingWriter standing_;
    StaleRows stale_;
    std::int64_t waiting_ = 0;  // entries since the derived tables were up to date
    bool holds_ = false;        // a savepoint is open
    bool is_refreshing_ = false;
    std::function<void()> let_go_;  // of the savepoint
};

}  // namespace postmoney::detail
