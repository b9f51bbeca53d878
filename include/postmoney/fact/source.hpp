// Source: where facts come from. Every other entry may name one by its id.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

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

    static constexpr std::string_view description = "The source entries.";
    static constexpr bool on_company = false;

    friend bool operator==(const Source&, const Source&) = default;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("id", "the handle that entries name"), self.id...);
        visit(FieldName("type", "a word"), self.type...);
        visit(FieldName("publisher", "who published it"), self.publisher...);
        visit(FieldName("title", "its title"), self.title...);
        visit(FieldName("url", "where it is"), self.url...);
        visit(FieldName("published").with_last_day(), self.published...);
        visit(FieldName("language", "BCP 47"), self.language...);
        visit(FieldName("accession", "the SEC's accession number"), self.accession...);
    }
};

template <>
struct detail::Words<SourceType> {
    static constexpr std::array<std::string_view, 5> values{"filing", "company", "database", "press",
                                                            "rumour"};
};

}  // namespace POSTMONEY_NAMESPACE
