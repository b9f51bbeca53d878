// CurrencyDefinition: a unit beyond ISO 4217, such as a token, that later amounts may be stated in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace postmoney {

struct CurrencyDefinition {
    std::string code;           // 3 to 12 capital letters and digits, a letter first
    std::int64_t decimals = 0;  // of its minor unit, 0 to 8
    std::optional<std::string> name = {};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("code", self.code);
        visit("decimals", self.decimals);
        visit("name", self.name);
    }
};

}  // namespace postmoney
