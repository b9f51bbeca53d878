// reconcile: holds the figures of a company against one another and says which agree, which do not, and why.
//
// Every comparison that can be made gives a finding, agreement included (severity ok), so that a reader sees
// what was checked; date-order and step-down speak up only when something is wrong.
#pragma once

#include <vector>

#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The findings on the dossier's company, round by round in time order, then the company's own. The codes'
// meaning and severities are in FindingCode and, in full, in the README of the facts format.
[[nodiscard]] POSTMONEY_EXPORT std::vector<Finding> reconcile(const Dossier& dossier,
                                                              const ResolutionPolicy& policy = {},
                                                              const Viewpoint& viewpoint = {});
// The findings on facts that are of no company: each losing claim on an exchange rate or a market's total
// with the one that is used (competing-claims), rates first, by the currencies and dates. Claims of other
// kinds are passed over.
[[nodiscard]] POSTMONEY_EXPORT std::vector<Finding> reconcile_rates_and_markets(
    const std::vector<Claim>& claims, const ResolutionPolicy& policy = {});

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/reconcile-inl.hpp"
#endif
