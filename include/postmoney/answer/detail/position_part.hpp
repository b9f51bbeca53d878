// Which participations are part of a position.
#pragma once

#include <optional>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/share_price.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Whether who took part holds shares by it as of that day, also where nobody says how many: see Position.
[[nodiscard]] inline bool is_part_of_position(const ResolvedRound& round,
                                              const ResolvedParticipation& participation,
                                              const std::optional<PartialDate>& as_of) {
    if (!round.takes_place() || !has_surely_come(round, as_of)) return false;
    const auto instrument = round.instrument.get().value_or(Instrument::equity);
    if (instrument == Instrument::token) return false;  // tokens are no shares, whatever their number
    return participation.shares || instrument == Instrument::equity || instrument == Instrument::secondary;
}

}  // namespace POSTMONEY_NAMESPACE::detail
