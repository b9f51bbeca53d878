// ChainPaths: the chains of a file, and the places that each goes through: its own, and those that it shares
// with its trunk.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "postmoney/ledger/head.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/timestamp.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

struct ChainRow {
    std::int64_t chain = 0;
    ChainId id;
    std::optional<std::int64_t> trunk = {};
    std::int64_t shared = 0;
};

// Where a chain ends.
struct ChainEnd {
    std::int64_t seq = 0;
    Digest hash = {};
    std::optional<Timestamp> recorded = {};
};

class ChainPaths {
  public:
    explicit ChainPaths(Connection& connection);

    // Reads the chains anew.
    void refresh();
    [[nodiscard]] const std::map<std::int64_t, ChainRow>& rows() const noexcept { return rows_; }
    [[nodiscard]] bool several() const noexcept { return rows_.size() > 1; }
    // Whether the chain goes through that place of a chain.
    [[nodiscard]] bool passes(std::int64_t chain, std::int64_t place_chain, std::int64_t seq) const;
    // Where a chain ends, in its trunk when it has no place of its own yet. Throws damaged when the trunk has
    // no such place.
    [[nodiscard]] ChainEnd end(std::int64_t chain);
    // What a chain's own places go on from: a place of its trunk, or nothing. Throws the same.
    [[nodiscard]] ChainEnd start(std::int64_t chain);
    // A place of the chain's own; null where it has none.
    [[nodiscard]] std::optional<ChainEnd> at(std::int64_t chain, std::int64_t seq) {
        return read_end(at_.bind(chain, seq));
    }
    // The last time recorded in any other chain.
    [[nodiscard]] std::optional<Timestamp> last_recorded_beside(std::int64_t chain);
    void add(const ChainRow& row);

  private:
    [[nodiscard]] std::optional<ChainEnd> read_end(Statement& statement);

    std::map<std::int64_t, ChainRow> rows_;
    Statement read_;
    Statement last_;
    Statement at_;
    Statement insert_;
};

// The head of the chain that the file writes to. Throws damaged when it does not say which.
[[nodiscard]] Head head_of(Connection& connection);
// The heads of all chains that have entries, the one the file writes to first, even when it has none.
[[nodiscard]] std::vector<Head> heads_of(Connection& connection);

}  // namespace postmoney::detail
