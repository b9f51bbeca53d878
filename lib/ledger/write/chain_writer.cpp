#include "ledger/write/chain_writer.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace postmoney::detail {

Digest chain_hash(Sha256& sha256, const Digest& previous, const EntryId& id, Timestamp recorded) {
    std::array<std::uint8_t, 8> time{};
    auto rest = static_cast<std::uint64_t>(recorded.microseconds());
    for (std::size_t i = time.size(); i-- > 0; rest >>= 8U) time[i] = static_cast<std::uint8_t>(rest & 0xFFU);
    sha256.update(std::span<const std::uint8_t>(previous.bytes));
    sha256.update(std::span<const std::uint8_t>(id.bytes));
    sha256.update(std::span<const std::uint8_t>(time));
    return Digest{sha256.finish()};
}

ChainWriter::ChainWriter(Connection& connection)
    : paths_(connection),
      own_chain_(connection.handle(), "SELECT own_chain FROM ledger"),
      insert_repeat_(connection.handle(),
                     "INSERT OR FAIL INTO repeat (chain, seq, entry, hash, recorded) VALUES (?1, ?2, ?3, ?4, "
                     "?5)"),
      places_of_(connection.handle(),
                 "SELECT chain, seq FROM entry WHERE entry = ?1 UNION ALL SELECT chain, seq FROM repeat "
                 "WHERE entry = ?1") {}

void ChainWriter::begin() {
    is_replay_ = false;
    own_chain_.bind();
    chain_ = own_chain_.step() ? own_chain_.integer(0) : 0;
    own_chain_.reset();
    paths_.refresh();
    const ChainEnd end = paths_.end(chain_);
    position_ = {end.seq, end.hash, end.recorded};
    last_beside_ = paths_.several() ? paths_.last_recorded_beside(chain_) : std::nullopt;
}

void ChainWriter::begin_replay() {
    begin();
    is_replay_ = true;
    auto& last = position_.last_recorded;
    if (last_beside_ && (!last || *last_beside_ > *last)) last = last_beside_;
    last_beside_.reset();
    ends_.clear();
}

void ChainWriter::go_to(std::int64_t chain) {
    if (chain == chain_) return;
    ends_[chain_] = {position_.seq, position_.hash, std::nullopt};
    auto at = ends_.find(chain);
    if (at == ends_.end()) at = ends_.emplace(chain, paths_.end(chain)).first;
    chain_ = chain;
    position_.seq = at->second.seq;
    position_.hash = at->second.hash;
}

bool ChainWriter::has(std::int64_t entry) {
    places_of_.bind(entry);
    bool found = false;
    while (!found && places_of_.step()) {
        found = paths_.passes(chain_, places_of_.integer(0), places_of_.integer(1));
    }
    places_of_.reset();
    return found;
}

Timestamp ChainWriter::time_of_next(std::optional<Timestamp> given, Timestamp now) const {
    const auto& last = position_.last_recorded;
    // After all that other chains brought, so that an entry never comes before one that it may be about.
    const auto after_others = [&] { return Timestamp::from_microseconds(last_beside_->microseconds() + 1); };
    if (!given) {
        const Timestamp time = last ? std::max(now, *last) : now;
        return last_beside_ ? std::max(time, after_others()) : time;
    }
    if (last_beside_ && *given <= *last_beside_) {
        throw Error::refused(ErrorCode::recorded_too_early, given->to_string(),
                             "a time after the last entry of the other chains, " + last_beside_->to_string())
            .in_field("recorded");
    }
    if (last && *given < *last) {
        throw Error::refused(ErrorCode::recorded_too_early, given->to_string(),
                             "no time before the chain's last entry, " + last->to_string())
            .in_field("recorded");
    }
    if (*given > now) {
        throw Error::refused(ErrorCode::recorded_in_future, given->to_string(),
                             "a time not after now, " + now.to_string())
            .in_field("recorded");
    }
    return *given;
}

void ChainWriter::append(const EntryId& id, Timestamp recorded) {
    ++position_.seq;
    position_.hash = chain_hash(sha256_, position_.hash, id, recorded);
    position_.last_recorded = recorded;
}

void ChainWriter::append_repeat(std::int64_t entry, const EntryId& id, Timestamp recorded) {
    ++position_.seq;
    position_.hash = chain_hash(sha256_, position_.hash, id, recorded);
    insert_repeat_
        .bind(chain_, position_.seq, entry, std::span<const std::uint8_t>(position_.hash.bytes),
              recorded.microseconds())
        .run();
}

}  // namespace postmoney::detail
