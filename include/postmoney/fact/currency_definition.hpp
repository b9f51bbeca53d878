// CurrencyDefinition: a unit beyond ISO 4217, such as a token, that later amounts may be stated in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

struct CurrencyDefinition {
    std::string code;           // 3 to 12 capital letters and digits, a letter first
    std::int64_t decimals = 0;  // of its minor unit, 0 to 8
    std::optional<std::string> name = {};

    static constexpr std::string_view description = "A unit beyond ISO 4217.";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("code", "currency code"), self.code...);
        visit(FieldName("decimals", "of its minor unit").at_most(Currency::max_decimals), self.decimals...);
        visit(FieldName("name", "its name"), self.name...);
    }

    friend bool operator==(const CurrencyDefinition&, const CurrencyDefinition&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
