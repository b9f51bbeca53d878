// StatedFact: one fact as one claim states it, and whether that claim is the one used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct StatedFact {
    std::string round;  // the handle; empty when the fact is of no round
    std::string field;  // a round's field, "closing DATE", "participation NAME", a valuation's basis,
                        // "split DATE CLASS", "stated_total DATE", "metric NAME"
    std::string stated;
    const Claim* claim;
    bool used;  // the winner of its fact

    friend bool operator==(const StatedFact& a, const StatedFact& b) {
        return a.round == b.round && a.field == b.field && a.stated == b.stated &&
               detail::same_entry(a.claim, b.claim) && a.used == b.used;
    }
};

// Every claim on every fact of a company, the used one first within each fact. The dossier must outlive the
// result.
[[nodiscard]] POSTMONEY_EXPORT std::vector<StatedFact> stated_facts(const ResolvedCompany& company);
// Those of its splits. A claim on a split of all classes is listed once, though it can be told as that of one
// class too.
[[nodiscard]] POSTMONEY_EXPORT std::vector<StatedFact> split_facts(const SplitsByClass& splits);

//--- Definitions ---

namespace detail {

// What a fact is called among those of its round or company.
[[nodiscard]] std::string fact_name(const ResolvedClosing& closing);

[[nodiscard]] std::string fact_name(const ResolvedParticipation& participation);

[[nodiscard]] std::string fact_name(const ResolvedSplit& split);

[[nodiscard]] std::string fact_name(const ResolvedMetric& metric);

[[nodiscard]] std::string fact_name(const FxRate& rate);

[[nodiscard]] std::string fact_name(const MarketTotal& total);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/stated_fact-inl.hpp"
#endif
