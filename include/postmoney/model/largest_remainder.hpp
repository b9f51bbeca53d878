// Rounded parts that sum to their total.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/model/number_text.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- Interface ---

// The amounts rounded to the places so that they sum to the total: each is cut, and what is left goes to
// those that lost most, the earlier first. Throws Error out_of_range when the total has more places.
[[nodiscard]] std::vector<Ratio> largest_remainder(const std::vector<Ratio>& exact, const Ratio& total,
                                                   std::int32_t places);

//--- Definitions ---

inline std::vector<Ratio> largest_remainder(const std::vector<Ratio>& exact, const Ratio& total,
                                            std::int32_t places) {
    const Ratio unit(Decimal::of_coefficient(1, -places));
    if (Ratio(total.to_decimal(places, Rounding::half_even)) != total) {
        throw Error::refused(ErrorCode::out_of_range, number_text(total),
                             "at most " + std::to_string(places) + " places, in which payouts are made")
            .in_field("places");
    }
    std::vector<Ratio> rounded;
    std::vector<std::pair<Ratio, std::size_t>> lost;
    Ratio left = total;
    for (std::size_t i = 0; i < exact.size(); ++i) {
        rounded.emplace_back(exact[i].to_decimal(places, Rounding::floor));
        lost.emplace_back(rounded.back() - exact[i], i);  // the most negative first
        left = left - rounded.back();
    }
    std::sort(lost.begin(), lost.end());
    for (std::size_t i = 0; i < lost.size() && left >= unit; ++i) {
        rounded[lost[i].second] = rounded[lost[i].second] + unit;
        left = left - unit;
    }
    return rounded;
}

}  // namespace POSTMONEY_NAMESPACE::model
