// The definitions of total_options.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/total_options.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE InstrumentFilter InstrumentFilter::all() {
    InstrumentFilter filter;
    filter.taken_.fill(true);
    return filter;
}

POSTMONEY_INLINE InstrumentFilter InstrumentFilter::only(const std::vector<Instrument>& instruments) {
    InstrumentFilter filter;
    filter.taken_.fill(false);
    filter.unstated_ = false;
    for (const Instrument instrument : instruments)
        filter.taken_[static_cast<std::size_t>(instrument)] = true;
    return filter;
}

POSTMONEY_INLINE bool InstrumentFilter::takes(const std::optional<Instrument>& instrument) const noexcept {
    return instrument ? taken_[static_cast<std::size_t>(*instrument)] : unstated_;
}

}  // namespace POSTMONEY_NAMESPACE
