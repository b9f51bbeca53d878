#include "ledger/read/chain_paths.hpp"

#include <algorithm>
#include <limits>

#include "base/hex.hpp"

namespace postmoney::detail {

ChainPaths::ChainPaths(Connection& connection)
    : read_(connection.handle(), "SELECT chain, id, trunk, shared FROM chain"),
      last_(
          connection.handle(),
          "SELECT * FROM (SELECT seq, hash, recorded FROM entry WHERE chain = ?1 ORDER BY seq DESC LIMIT 1) "
          "UNION ALL SELECT * FROM (SELECT seq, hash, recorded FROM repeat WHERE chain = ?1 ORDER BY seq "
          "DESC "
          "LIMIT 1) ORDER BY seq DESC LIMIT 1"),
      at_(connection.handle(),
          "SELECT seq, hash, recorded FROM entry WHERE chain = ?1 AND seq = ?2 UNION ALL SELECT seq, hash, "
          "recorded "
          "FROM repeat WHERE chain = ?1 AND seq = ?2"),
      insert_(connection.handle(), "INSERT INTO chain (chain, id, trunk, shared) VALUES (?1, ?2, ?3, ?4)") {}

void ChainPaths::refresh() {
    rows_.clear();
    read_.bind();
    while (read_.step()) {
        const std::int64_t chain = read_.integer(0);
        const auto id = ChainId::parse(read_.text(1));
        if (!id) {
            throw Error(ErrorCode::damaged, "chain " + std::to_string(chain) +
                                                " has an id that is no hexadecimal text; restore a backup");
        }
        rows_[chain] = {chain, *id, read_.optional_integer(2), read_.integer(3)};
    }
}

bool ChainPaths::passes(std::int64_t chain, std::int64_t place_chain, std::int64_t seq) const {
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
    for (auto at = rows_.find(chain); at != rows_.end();) {
        if (at->first == place_chain) return seq <= limit;
        if (!at->second.trunk || *at->second.trunk >= at->first) return false;
        limit = std::min(limit, at->second.shared);
        at = rows_.find(*at->second.trunk);
    }
    return false;
}

std::optional<ChainEnd> ChainPaths::read_end(Statement& statement) {
    std::optional<ChainEnd> end;
    if (statement.step()) {
        end = ChainEnd{statement.integer(0), hex_from_blob<Digest>(statement.blob(1)),
                       Timestamp::from_microseconds(statement.integer(2))};
    }
    statement.reset();
    return end;
}

ChainEnd ChainPaths::end(std::int64_t chain) {
    if (const auto end = read_end(last_.bind(chain))) return *end;
    return start(chain);
}

ChainEnd ChainPaths::start(std::int64_t chain) {
    const auto row = rows_.find(chain);
    if (row == rows_.end() || !row->second.trunk || row->second.shared == 0) return {};
    if (const auto end = at(*row->second.trunk, row->second.shared)) return *end;
    throw Error(ErrorCode::damaged, "chain " + std::to_string(chain) + " goes on from entry " +
                                        std::to_string(row->second.shared) + " of chain " +
                                        std::to_string(*row->second.trunk) + ", which is not there");
}

std::optional<Timestamp> ChainPaths::last_recorded_beside(std::int64_t chain) {
    std::optional<Timestamp> last;
    for (const auto& [other, row] : rows_) {
        if (other == chain) continue;
        const auto end = read_end(last_.bind(other));
        if (end && (!last || *end->recorded > *last)) last = end->recorded;
    }
    return last;
}

void ChainPaths::add(const ChainRow& row) {
    const std::string id = row.id.to_string();
    insert_
        .bind(row.chain, std::string_view(id), row.trunk,
              row.trunk ? std::optional(row.shared) : std::optional<std::int64_t>())
        .run();
    rows_[row.chain] = row;
}

std::vector<Head> heads_of(Connection& connection) {
    ChainPaths chains(connection);
    chains.refresh();
    const std::int64_t own = connection.integer("SELECT own_chain FROM ledger");
    if (!chains.rows().contains(own)) {
        throw Error(ErrorCode::damaged, "the ledger does not say which chain it writes to");
    }
    std::vector<Head> heads;
    for (const auto& [chain, row] : chains.rows()) {
        const ChainEnd end = chains.end(chain);
        const Head head{.chain = row.id, .length = end.seq, .hash = end.hash};
        if (chain == own) {
            heads.insert(heads.begin(), head);
        } else if (end.seq != 0) {
            heads.push_back(head);
        }
    }
    return heads;
}

Head head_of(Connection& connection) {
    return heads_of(connection).front();
}

}  // namespace postmoney::detail
