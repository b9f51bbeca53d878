// PlaceReader: every place of every chain of a file, in order. Replay: records them anew, in a scratch ledger
// or after what is on record, and reads them on another thread meanwhile.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/lines_ahead.hpp"
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

    [[nodiscard]] const Connection& file() const noexcept { return *file_; }

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

    const Connection* file_;
    std::map<std::int64_t, std::string> chain_ids_;
    Statement entries_;
    Statement repeats_;
    bool more_entries_;
    bool more_repeats_;
    Statement* current_ = nullptr;
};

// A place of a chain that is to be recorded anew.
struct PlaceToReplay {
    const Connection* file;  // that has it
    std::int64_t entry;
    std::int64_t chain;  // that it goes to
    std::int64_t recorded;
    std::vector<std::uint8_t> hash;
    std::string body;
};

class Replay {
  public:
    // Records a place as its chain's next; whether it did, and not because the chain has it already. Throws
    // as recording does.
    using Record = std::function<bool()>;
    // Called for each place, in the order in which they were added.
    using Use = std::function<void(const PlaceToReplay&, const Record&)>;

    // Goes on after what is on record; within a transaction that the caller opens.
    Replay(Connection& connection, Use use);

    // The chains, to add those to that are needed.
    [[nodiscard]] ChainPaths& chains() noexcept { return recorder_.chains(); }
    // The reader's current place, which goes to that chain.
    void add(std::int64_t chain, const PlaceReader& place);
    // The hash of the chain up to the place that was recorded last.
    [[nodiscard]] const Digest& hash() const noexcept { return recorder_.hash(); }
    // Records the rest; to call before the commit.
    void finish();

  private:
    [[nodiscard]] bool record(const PlaceToReplay& place, FactsLine&& line);

    DossierReader dossiers_;
    Recorder recorder_;
    FactsReader facts_;
    FactsReader facts_ahead_;
    LinesAhead<PlaceToReplay> places_;
};

}  // namespace postmoney::detail
