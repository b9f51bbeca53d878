// The definitions of dossier.hpp that are neither constexpr nor hot.
#pragma once

#include <variant>

#include "postmoney/fact/dossier.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// When the content of a claim is seen. A kind whose claims are on facts of a company has to say it.
struct Seen {
    const Viewpoint* viewpoint;

    bool operator()(const RoundStatement& round) const { return viewpoint->sees(round.on); }
    bool operator()(const Closing& closing) const { return viewpoint->sees(closing.on); }
    bool operator()(const Participation&) const { return true; }
    bool operator()(const Valuation& valuation) const { return viewpoint->sees(valuation.on); }
    bool operator()(const Split& split) const { return viewpoint->sees(split.on); }
    bool operator()(const StatedTotal& total) const { return viewpoint->sees(total.on); }
    bool operator()(const Metric& metric) const {
        return metric.target.value_or(false) || viewpoint->sees(metric.on);
    }
    // Nobody can know what a period came to before it has ended.
    bool operator()(const MarketTotal& total) const { return viewpoint->sees(total.period); }
    template <ContentKind Other>
    requires(!Other::on_company) bool operator()(const Other&) const { return true; }
};

}  // namespace detail

POSTMONEY_INLINE bool Viewpoint::sees(const Claim& claim) const {
    return std::visit(detail::Seen{this}, claim.entry.content);
}

}  // namespace POSTMONEY_NAMESPACE
