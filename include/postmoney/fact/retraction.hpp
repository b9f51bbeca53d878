// Retraction: takes an entry back. What only that entry had replaced stands again.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

struct Retraction {
    std::string of;  // a key, or "sha256:" and the id in hexadecimal
    std::string reason;

    static constexpr std::string_view description = "Takes `entry.target` back.";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("of", FieldRole::target), self.of...);
        visit(FieldName("reason", "why"), self.reason...);
    }

    friend bool operator==(const Retraction&, const Retraction&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
