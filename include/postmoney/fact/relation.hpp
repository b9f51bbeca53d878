// Relation: FROM has TO as its TYPE, e.g. xAI has Grok as its product.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/value/detail/words.hpp"

namespace postmoney {

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

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("to", self.to);
        visit("type", self.type);
    }
};

template <>
struct detail::Words<RelationType> {
    static constexpr std::array<std::string_view, 7> values{"competitor", "affiliate", "parent",   "founder",
                                                            "product",    "successor", "co-issuer"};
};

}  // namespace postmoney
