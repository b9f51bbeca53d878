// Party: a company or an investor, often both; also the people, products and governments that stories name.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

enum class PartyType : std::uint8_t { company, fund, person, government, product, other };

struct Party {
    std::string name;
    std::optional<PartyType> type = {};
    std::vector<std::string> aliases = {};
    std::map<std::string, std::string> ids = {};  // scheme to value, e.g. "cik" to "0002002695"
    std::optional<std::string> country = {};      // ISO 3166-1 alpha-2, e.g. "US"
    std::optional<PartialDate> founded = {};
    std::optional<std::string> market = {};
    std::map<std::string, std::string> attributes =
        {};  // what the source says besides, by its own names for it

    static constexpr std::string_view description = "The party entries.";
    static constexpr std::string_view table = "party_statement";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("name", "its name"), self.name...);
        visit("type", self.type...);
        visit(FieldName("aliases", "JSON array"), self.aliases...);
        visit(FieldName("ids", "JSON object, scheme to value"), self.ids...);
        visit(FieldName("country", "two letters"), self.country...);
        visit("founded", self.founded...);
        visit(FieldName("market", "the market that the company is in"), self.market...);
        visit(FieldName("attributes", "JSON object: what the source says besides"), self.attributes...);
    }

    friend bool operator==(const Party&, const Party&) = default;
};

template <>
struct detail::Words<PartyType> {
    static constexpr std::array<std::string_view, 6> values{"company",    "fund",    "person",
                                                            "government", "product", "other"};
};

}  // namespace POSTMONEY_NAMESPACE
