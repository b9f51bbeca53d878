// Relation: FROM has TO as its TYPE, e.g. xAI has Grok as its product.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"

namespace POSTMONEY_NAMESPACE {

enum class RelationType : std::uint8_t {
    competitor,
    affiliate,
    parent,
    founder,
    product,
    successor,
    co_issuer  // offers the same securities (Form D item 1)
};

struct Relation {
    std::string from;
    std::string to;
    RelationType type = RelationType::affiliate;

    static constexpr std::string_view description = "`entry.party` has `entry.counterparty` as its type.";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("from", FieldRole::subject), self.from...);
        visit(FieldName("to", FieldRole::counterparty), self.to...);
        visit("type", self.type...);
    }

    friend bool operator==(const Relation&, const Relation&) = default;
};

template <>
struct detail::Words<RelationType> {
    static constexpr std::array<std::string_view, 7> values{"competitor", "affiliate", "parent",   "founder",
                                                            "product",    "successor", "co-issuer"};
};

}  // namespace POSTMONEY_NAMESPACE
