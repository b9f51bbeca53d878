// Split: a company makes more shares of those there are, or fewer; what they are worth together stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/split_ratio.hpp"

namespace POSTMONEY_NAMESPACE {

struct Split {
    std::string company;
    PartialDate on = date_to_be_set;
    SplitRatio ratio = {};                           // to be set
    std::optional<std::string> security_class = {};  // none: of all classes

    static constexpr std::string_view description = "A split of the shares of `entry.party`.";
    static constexpr bool on_company = true;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit(FieldName("on").with_last_day(), self.on...);
        visit("ratio", self.ratio...);
        visit(FieldName("security_class", "the class that is split; null: all of them"),
              self.security_class...);
    }

    friend bool operator==(const Split&, const Split&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
