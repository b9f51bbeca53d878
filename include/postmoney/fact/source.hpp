// Source: where facts come from. Every other entry may name one by its id.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

// In the order of trust of the default resolution policy.
enum class SourceType : std::uint8_t { filing, company, database, press, rumour };

struct Source {
    std::string id;
    SourceType type = SourceType::press;
    std::optional<std::string> publisher = {};
    std::optional<std::string> title = {};
    std::optional<std::string> url = {};
    std::optional<PartialDate> published = {};
    std::optional<std::string> language = {};   // BCP 47, e.g. "it"
    std::optional<std::string> accession = {};  // the SEC's accession number of a filing

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("type", self.type);
        visit("publisher", self.publisher);
        visit("title", self.title);
        visit("url", self.url);
        visit("published", self.published);
        visit("language", self.language);
        visit("accession", self.accession);
    }
};

template <>
struct detail::Words<SourceType> {
    static constexpr std::array<std::string_view, 5> values{"filing", "company", "database", "press",
                                                            "rumour"};
};

}  // namespace postmoney
