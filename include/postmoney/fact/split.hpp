// Split: a company makes more shares of those there are, or fewer; what they are worth together stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/split_ratio.hpp"

namespace postmoney {

struct Split {
    std::string company;
    PartialDate on;
    SplitRatio ratio;
    std::optional<std::string> security_class = {};  // none: of all classes

    static constexpr std::string_view description = "A split of the shares of `entry.party`.";
    static constexpr bool on_company = true;
    // To be filled in, field by field.
    [[nodiscard]] static Split blank() {
        return {.company = {}, .on = PartialDate::year(1), .ratio = SplitRatio(2, 1)};
    }

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit(FieldName("on").with_last_day(), self.on...);
        visit("ratio", self.ratio...);
        visit(FieldName("security_class", "the class that is split; null: all of them"),
              self.security_class...);
    }
};

}  // namespace postmoney
