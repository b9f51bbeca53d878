#include "ledger/file/replay.hpp"

#include <utility>

namespace postmoney::detail {

PlaceReader::PlaceReader(Connection& connection)
    : file_(&connection),
      entries_(connection.handle(),
               "SELECT entry, chain, seq, recorded, id, hash, body FROM entry ORDER BY entry"),
      repeats_(
          connection.handle(),
          "SELECT r.entry, r.chain, r.seq, r.recorded, e.id, r.hash, e.body FROM repeat r LEFT JOIN "
          "chain c ON "
          "c.chain = r.chain LEFT JOIN entry e ON e.entry = r.entry ORDER BY r.recorded, c.id, r.seq, e.id, "
          "r.hash"),
      more_entries_(entries_.step()),
      more_repeats_(repeats_.step()) {
    Statement chains(connection.handle(), "SELECT chain, id FROM chain");
    while (chains.step()) chain_ids_.emplace(chains.integer(0), chains.text(1));
}

PlaceOrder PlaceReader::order_of(const Statement& statement) const {
    const auto bytes = [&](int column) {
        const auto blob = statement.blob(column);
        return std::string_view(reinterpret_cast<const char*>(blob.data()), blob.size());
    };
    const auto chain = chain_ids_.find(statement.integer(1));
    return {statement.integer(3),
            chain != chain_ids_.end() ? std::string_view(chain->second) : std::string_view(),
            statement.integer(2), bytes(4), bytes(5)};
}

bool PlaceReader::next() {
    if (current_ == &entries_) more_entries_ = entries_.step();
    if (current_ == &repeats_) more_repeats_ = repeats_.step();
    if (!more_entries_ && !more_repeats_) return false;
    const bool entry_first = more_entries_ && (!more_repeats_ || order_of(entries_) < order_of(repeats_));
    current_ = entry_first ? &entries_ : &repeats_;
    return true;
}

Replay::Replay(Connection& connection, Use use)
    : dossiers_(connection),
      recorder_(connection, dossiers_),
      places_(
          dossiers_, facts_, facts_ahead_,
          [](FactsReader& facts, const PlaceToReplay& place, const Currencies& currencies) {
              return facts.read(place.body, currencies);
          },
          [this, use = std::move(use)](const PlaceToReplay& place,
                                       const LinesAhead<PlaceToReplay>::Line& line) {
              use(place, [&] { return record(place, line()); });
          }) {
    recorder_.begin_replay();
}

void Replay::add(std::int64_t chain, const PlaceReader& place) {
    const auto hash = place.hash();
    places_.add({.file = &place.file(),
                 .entry = place.entry(),
                 .chain = chain,
                 .recorded = place.recorded(),
                 .hash = {hash.begin(), hash.end()},
                 .body = std::string(place.body())},
                place.body().size());
}

bool Replay::record(const PlaceToReplay& place, FactsLine&& line) {
    recorder_.go_to(place.chain);
    return recorder_.record(std::move(line), Timestamp::max(), Timestamp::from_microseconds(place.recorded));
}

void Replay::finish() {
    places_.finish();
    recorder_.finish();
}

}  // namespace postmoney::detail
