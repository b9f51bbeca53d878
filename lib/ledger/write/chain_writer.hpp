// ChainWriter: the chain that entries are recorded in: where the next one goes, the hash that covers the
// chain up to it, and the time that it gets.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "base/sha256.hpp"
#include "ledger/read/chain_paths.hpp"
#include "postmoney/fact/claim.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// SHA-256(previous hash, id, recorded as 8 bytes, big-endian): the chain's hash up to this entry.
[[nodiscard]] Digest chain_hash(Sha256& sha256, const Digest& previous, const EntryId& id,
                                Timestamp recorded);

// Where a chain ends while entries are added to it.
struct ChainPosition {
    std::int64_t seq = 0;
    Digest hash;
    std::optional<Timestamp> last_recorded;
};

class ChainWriter {
  public:
    explicit ChainWriter(Connection& connection);

    // Goes to the end of the file's own chain, read anew: others may have written to it.
    void begin();
    // The same, to record in several chains what ledgers recorded before, by `recorded`, then chain id and
    // seq.
    void begin_replay();
    // The chain that the next entries belong to; in a replay only.
    void go_to(std::int64_t chain);
    void go_back(const ChainPosition& position) { position_ = position; }

    [[nodiscard]] bool is_replay() const noexcept { return is_replay_; }
    [[nodiscard]] ChainPaths& paths() noexcept { return paths_; }
    [[nodiscard]] const ChainPaths& paths() const noexcept { return paths_; }
    [[nodiscard]] std::int64_t chain() const noexcept { return chain_; }
    // Of the entry that was added last; in a replay, `last_recorded` is that of all chains.
    [[nodiscard]] const ChainPosition& position() const noexcept { return position_; }
    [[nodiscard]] Place place() const { return {paths_.rows().at(chain_).id, position_.seq}; }
    // Whether an entry on record is in the chain.
    [[nodiscard]] bool has(std::int64_t entry);

    // The time that the next entry is recorded at: the one given, or now. Throws recorded-too-early,
    // recorded-in-future.
    [[nodiscard]] Timestamp time_of_next(std::optional<Timestamp> given, Timestamp now) const;
    // Moves on to the place of an entry, which is written by others.
    void append(const EntryId& id, Timestamp recorded);
    // Records that the chain has an entry too that is on record from another chain.
    void append_repeat(std::int64_t entry, const EntryId& id, Timestamp recorded);

  private:
    ChainPaths paths_;
    Sha256 sha256_;
    Statement own_chain_;
    Statement insert_repeat_;
    Statement places_of_;

    std::int64_t chain_ = 1;
    ChainPosition position_;
    std::optional<Timestamp> last_beside_;  // the last time recorded in the other chains
    bool is_replay_ = false;
    std::map<std::int64_t, ChainEnd> ends_;  // of the chains of a replay that it has left
};

}  // namespace postmoney::detail
