// Valuation: what a company was said to be worth.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

enum class ValuationBasis : std::uint8_t {
    pre_money,    // before the new money
    post_money,   // with it
    unspecified,  // the source does not say which
    mark,         // an investor's own estimate of what it holds
    irc_409a      // an appraisal of common stock for section 409A of the US Internal Revenue Code
};

struct Valuation {
    std::string company;
    Amount amount = Amount::undisclosed();
    ValuationBasis basis = ValuationBasis::unspecified;
    PartialDate on = date_to_be_set;
    std::optional<std::string> round = {};

    static constexpr std::string_view description = "What `entry.party` was said to be worth.";
    static constexpr bool on_company = true;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit("amount", self.amount...);
        visit("basis", self.basis...);
        visit(FieldName("on").with_last_day(), self.on...);
        visit(FieldName("round", FieldRole::round), self.round...);
    }

    friend bool operator==(const Valuation&, const Valuation&) = default;
};

template <>
struct detail::Words<ValuationBasis> {
    static constexpr std::array<std::string_view, 5> values{"pre-money", "post-money", "unspecified", "mark",
                                                            "409a"};
};

}  // namespace POSTMONEY_NAMESPACE
