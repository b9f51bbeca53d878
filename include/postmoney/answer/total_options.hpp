// TotalOptions and Total: what a total is asked for, and what it comes to.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "postmoney/fact/round_statement.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// Which instruments a total takes.
class POSTMONEY_EXPORT InstrumentFilter {
  public:
    // What gives or will give a share of the company: equity, SAFEs, convertible notes, and rounds that do
    // not say.
    InstrumentFilter() = default;
    [[nodiscard]] static InstrumentFilter all();
    // Only these; a round that does not say its instrument is not among them.
    [[nodiscard]] static InstrumentFilter only(const std::vector<Instrument>& instruments);

    [[nodiscard]] bool takes(const std::optional<Instrument>& instrument) const noexcept;

    friend bool operator==(const InstrumentFilter&, const InstrumentFilter&) = default;

  private:
    std::array<bool, 8> taken_{true, true, true, false, false, false, false, false};
    bool unstated_ = true;
};

struct TotalOptions {
    std::optional<PartialDate> as_of = {};
    std::optional<Currency> in = {};  // convert each round at the rate of its date
    InstrumentFilter instruments = {};
    bool exclude_funds = false;  // leave out what pooled investment funds raise
};

// One currency's total. A round whose amount is undisclosed may be in any currency: it counts with each that
// the company has, and leaves `upper` open (null). `currency` is null only when every amount is undisclosed.
struct Total {
    std::optional<Currency> currency;
    std::optional<Money>
        known;  // the three are null together with the currency, and then known and lower are 0
    std::optional<Money> lower;
    std::optional<Money> upper;
    std::int64_t rounds = 0;
    std::int64_t undisclosed = 0;
    // Of these rounds, those with conversions in another currency than their `raised`: without a rate it
    // cannot be told what of it is new money. They bring all of it to `known` and `upper`, and nothing to
    // `lower`.
    std::int64_t untold = 0;

    friend bool operator==(const Total&, const Total&) = default;
};

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/total_options-inl.hpp"
#endif
