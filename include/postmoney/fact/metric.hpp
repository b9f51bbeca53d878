// Metric: a figure on a company that is no funding: revenue, users, GPUs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

enum class Period : std::uint8_t { year, month };

// A sum of money, or a number of what the metric's unit says.
using MetricValue = std::variant<Quantity, Amount>;

struct Metric {
    std::string company;
    std::string name;
    MetricValue value = Quantity::undisclosed();
    std::optional<std::string> unit = {};
    std::optional<Period> per = {};
    PartialDate on = date_to_be_set;
    std::optional<bool> target = {};  // true: aimed at, not reached

    static constexpr std::string_view description = "A figure that is no funding.";
    static constexpr bool on_company = true;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit(FieldName("name", "such as `revenue`"), self.name...);
        visit("value", self.value...);
        visit(FieldName("unit", "of the value, when it is no money"), self.unit...);
        visit("per", self.per...);
        visit(FieldName("on").with_last_day(), self.on...);
        visit(FieldName("target", "1 when aimed at, not reached"), self.target...);
    }

    friend bool operator==(const Metric&, const Metric&) = default;
};

// A text that ends in a currency code is an amount, any other a quantity. Throws as Amount::parse and
// Quantity::parse.
[[nodiscard]] inline MetricValue parse_metric_value(std::string_view text,
                                                    const Currencies& currencies = {}) {
    const std::string_view last = text.substr(text.rfind(' ') + 1);
    if (!last.empty() && last.front() >= 'A' && last.front() <= 'Z') return Amount::parse(text, currencies);
    return Quantity::parse(text);
}

[[nodiscard]] inline std::string to_string(const MetricValue& value) {
    return std::visit([](const auto& stated) { return stated.to_string(); }, value);
}

// The number part of the value.
[[nodiscard]] inline const Quantity& quantity_of(const MetricValue& value) {
    if (const auto* amount = std::get_if<Amount>(&value)) return amount->quantity();
    return std::get<Quantity>(value);
}

template <>
struct detail::Words<Period> {
    static constexpr std::array<std::string_view, 2> values{"year", "month"};
};

}  // namespace POSTMONEY_NAMESPACE
