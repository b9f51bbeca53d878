// PlaceReader: every place of every chain of a file, in order. Replay: records them anew, in a scratch ledger
// or after what is on record.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/recorder.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// The order of the places of several chains: by `recorded`, then chain id and seq, then, where copies of a
// chain both grew, entry id and hash. It is a chain's own order, and the same for the same set of chains.
struct PlaceOrder {
    std::int64_t recorded = 0;
    std::string_view chain_id;
    std::int64_t seq = 0;
    std::string_view id;
    std::string_view hash;

    friend auto operator<=>(const PlaceOrder&, const PlaceOrder&) = default;
};

class PlaceReader {
  public:
    explicit PlaceReader(Connection& connection);

    // The next place; false at the end. Entries come by their numbers, which are in the order of places.
    bool next();
    // Of the current place; texts live until the next one.
    [[nodiscard]] std::int64_t entry() const { return current_->integer(0); }
    [[nodiscard]] std::int64_t chain() const { return current_->integer(1); }
    [[nodiscard]] std::int64_t seq() const { return current_->integer(2); }
    [[nodiscard]] std::int64_t recorded() const { return current_->integer(3); }
    [[nodiscard]] std::span<const std::uint8_t> id() const { return current_->blob(4); }
    [[nodiscard]] std::span<const std::uint8_t> hash() const { return current_->blob(5); }
    [[nodiscard]] std::string_view body() const { return current_->text(6); }
    [[nodiscard]] PlaceOrder order() const { return order_of(*current_); }

  private:
    [[nodiscard]] PlaceOrder order_of(const Statement& statement) const;

    std::map<std::int64_t, std::string> chain_ids_;
    Statement entries_;
    Statement repeats_;
    bool more_entries_;
    bool more_repeats_;
    Statement* current_ = nullptr;
};

class Replay {
  public:
    // Goes on after what is on record; within a transaction that the caller opens.
    explicit Replay(Connection& connection);

    // The chains, to add those to that are needed.
    [[nodiscard]] ChainPaths& chains() noexcept { return recorder_.chains(); }
    // Records the entry as the chain's next; whether it did, and not because the chain has it already. Throws
    // as recording does.
    bool add(std::int64_t chain, std::string_view body, Timestamp recorded);
    // The hash of the chain up to the entry that was added last.
    [[nodiscard]] const Digest& hash() const noexcept { return recorder_.hash(); }
    // To call before the commit.
    void finish() { recorder_.finish(); }

  private:
    DossierReader dossiers_;
    Recorder recorder_;
    FactsReader facts_;
};

}  // namespace postmoney::detail
