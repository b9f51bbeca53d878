// The definitions of parity.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/parity.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// A currency on the way from another one, and how many units of it one of that is.
struct ParityStep {
    std::string_view code;
    Ratio rate = Ratio(Decimal(1));
};

// From a currency itself to the last one that replaced it by a day.
[[nodiscard]] inline std::vector<ParityStep> parity_steps(std::string_view code, date::sys_days day) {
    std::vector<ParityStep> steps{{code}};
    follow_parities(code, day, [&](const Parity& row) {
        steps.push_back({row.in, steps.back().rate / Ratio(Decimal::parse(row.units))});
    });
    return steps;
}

}  // namespace detail

POSTMONEY_INLINE std::optional<Ratio> parity(const Currency& from, const Currency& to, date::sys_days day) {
    if (from == to) return Ratio(Decimal(1));
    // Both are followed to what replaced them, until they meet.
    const auto back = detail::parity_steps(to.code(), day);
    for (const detail::ParityStep& step : detail::parity_steps(from.code(), day)) {
        const auto met = std::find_if(back.begin(), back.end(), [&](const detail::ParityStep& other) {
            return other.code == step.code;
        });
        if (met != back.end()) return step.rate / met->rate;
    }
    return std::nullopt;
}

}  // namespace POSTMONEY_NAMESPACE
