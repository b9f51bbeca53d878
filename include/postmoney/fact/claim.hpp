// Claim: an entry on record together with what ranks it against others on the same fact.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "postmoney/fact/entry.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

// An entry's place in the ledger: `seq` counts from 1 in each chain.
struct Place {
    ChainId chain;
    std::int64_t seq = 0;

    friend auto operator<=>(const Place&, const Place&) = default;
};

struct Claim {
    Entry entry;
    EntryId id;
    Timestamp recorded;
    Place place;
    // The source that the entry names, as it stands; null when it names none, or when that source was
    // retracted.
    std::shared_ptr<const Source> source = {};
    // The other party of the entry, whatever name it goes by there: a participation's investor, a relation's
    // `to`. 0 and empty when the kind has none.
    std::int64_t counterparty = 0;
    std::string counterparty_name = {};

    // The content as one kind; null when the entry is of another.
    template <class Kind>
    [[nodiscard]] const Kind* as() const noexcept {
        return std::get_if<Kind>(&entry.content);
    }

    // Whether they are one entry at one place, with the same source behind it.
    friend bool operator==(const Claim& a, const Claim& b) {
        const bool same_source = a.source == b.source || (a.source && b.source && *a.source == *b.source);
        return same_source && a.id == b.id && a.place == b.place && a.recorded == b.recorded &&
               a.entry == b.entry && a.counterparty == b.counterparty &&
               a.counterparty_name == b.counterparty_name;
    }
};

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Place> {
    [[nodiscard]] std::size_t operator()(const postmoney::Place& value) const noexcept {
        return std::hash<postmoney::ChainId>()(value.chain) * 31 + std::hash<std::int64_t>()(value.seq);
    }
};
