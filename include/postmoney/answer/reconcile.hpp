// reconcile: holds the figures of a company against one another and says which agree, which do not, and why.
//
// Every comparison that can be made gives a finding, agreement included (severity ok), so that a reader sees
// what was checked; date-order and step-down speak up only when something is wrong.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_figures.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/stated_fact.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/answer/totals_in_time.hpp"
#include "postmoney/value/deal_math.hpp"

namespace postmoney {

//--- Interface ---

// The findings on the dossier's company, round by round in time order, then the company's own. The codes'
// meaning and severities are in FindingCode and, in full, in the README of the facts format.
[[nodiscard]] std::vector<Finding> reconcile(const Dossier& dossier, const ResolutionPolicy& policy = {},
                                             const Viewpoint& viewpoint = {});

//--- Definitions ---

namespace detail {

// The number stated; of a range, what of it is nearest to the computed sum.
[[nodiscard]] Money nearest(const Money& computed, const Amount& stated);

}  // namespace detail

}  // namespace postmoney

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/reconcile-inl.hpp"
#endif
