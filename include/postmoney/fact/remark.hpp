// Remark: what a source says of a party that is no number.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

struct Remark {
    std::string about;
    std::string text;

    static constexpr std::string_view description = "What a source says of `entry.party` that is no number.";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("about", FieldRole::subject), self.about...);
        visit(FieldName("text", "the remark"), self.text...);
    }

    friend bool operator==(const Remark&, const Remark&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
