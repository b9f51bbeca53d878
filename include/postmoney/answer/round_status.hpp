// The status of a round that holds: a rumour and a cancelling yield to word that money came (FACTS.md,
// Status).
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "postmoney/answer/tranches.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The first claim on the status that holds; null without one. `round` is Resolved<RoundStatement> with its
// fields ranked, best first.
[[nodiscard]] POSTMONEY_EXPORT std::optional<Stated<RoundStatus>> holding_status(
    const Resolved<RoundStatement>& round, const std::vector<ResolvedClosing>& closings,
    const ResolutionPolicy& policy = {});

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/round_status-inl.hpp"
#endif
