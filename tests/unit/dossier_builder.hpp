// dossier_of: makes a Dossier, as the store would, from lines that read like a facts file.
//
//   dossier_of({"source id=form-d, type=filing, published=2024-12-05",
//               "form-d: round round=c, raised=6 billion USD, filed=2024-12-05 @2024-12-06T00:00:00Z"});
//
// `[SOURCE: ]KIND FIELD=VALUE, FIELD=VALUE[ @RECORDED]`. Entry n has the place n of one chain, and an id that
// ends in n. Each investor's name means one party. Sources are not claims. Amounts are in currencies of ISO
// 4217.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "postmoney/fact/dossier.hpp"

namespace postmoney::test {

// Gives the fields of a content the values of a line.
class FieldSetter {
  public:
    explicit FieldSetter(std::map<std::string, std::string, std::less<>> values)
        : values_(std::move(values)) {}

    template <class T>
    void operator()(std::string_view field, T& member) {
        const auto found = values_.find(field);
        if (found == values_.end()) return;
        member = read<T>(found->second);
        values_.erase(found);
    }

    void expect_all_taken() const {
        if (!values_.empty()) throw std::logic_error("no field " + values_.begin()->first);
    }

  private:
    template <class T>
    struct Bare {
        using type = T;
    };
    template <class T>
    struct Bare<std::optional<T>> {
        using type = T;
    };

    template <class Member>
    static Member read(const std::string& text) {
        using T = typename Bare<Member>::type;
        if constexpr (std::is_same_v<T, std::string>) return text;
        if constexpr (std::is_same_v<T, bool>) return text == "true";
        if constexpr (std::is_same_v<T, std::int64_t>) return std::stoll(text);
        if constexpr (std::is_same_v<T, MetricValue>) return parse_metric_value(text);
        if constexpr (std::is_same_v<T, Currency>) return Currency::iso(text);
        if constexpr (std::is_enum_v<T>) return detail::from_word<T>(text);
        if constexpr (requires { T::parse(std::string_view{}); }) return T::parse(std::string_view(text));
        throw std::logic_error("no lists here: " + text);
    }

    std::map<std::string, std::string, std::less<>> values_;
};

// `KIND FIELD=VALUE, FIELD=VALUE`
inline EntryContent content_of(std::string_view line) {
    const std::size_t space = line.find(' ');
    const auto kind = detail::from_word<EntryKind>(line.substr(0, space));
    std::map<std::string, std::string, std::less<>> values;
    for (std::string_view rest = line.substr(space + 1); !rest.empty();) {
        const std::size_t end = std::min(rest.find(", "), rest.size());
        const std::size_t equals = rest.find('=');
        values.emplace(rest.substr(0, equals), rest.substr(equals + 1, end - equals - 1));
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    FieldSetter setter(std::move(values));
    return visit_kind(kind, [&]<ContentKind Kind>() -> EntryContent {
        Kind content;
        Kind::fields(setter, content);
        setter.expect_all_taken();
        return content;
    });
}

inline Dossier dossier_of(const std::vector<std::string>& lines) {
    Dossier dossier{.party = 1, .company = "xAI", .claims = {}};
    std::map<std::string, std::shared_ptr<const Source>, std::less<>> sources;
    std::map<std::string, std::int64_t, std::less<>> parties;
    for (std::string_view line : lines) {
        Timestamp recorded = Timestamp::parse("2025-01-01T00:00:00Z");
        if (const std::size_t at = line.find(" @"); at != std::string_view::npos) {
            recorded = Timestamp::parse(line.substr(at + 2));
            line = line.substr(0, at);
        }
        Claim claim{.entry = {.content = Remark{}}, .id = {}, .recorded = recorded, .place = {}};
        if (const std::size_t colon = line.substr(0, line.find(' ')).find(':');
            colon != std::string_view::npos) {
            claim.entry.source = std::string(line.substr(0, colon));
            claim.source = sources.at(*claim.entry.source);
            line.remove_prefix(colon + 2);
        }
        claim.entry.content = content_of(line);
        if (const auto* source = claim.as<Source>()) {
            sources[source->id] = std::make_shared<const Source>(*source);
            continue;
        }
        claim.place.seq = static_cast<std::int64_t>(dossier.claims.size()) + 1;
        claim.id.bytes.back() = static_cast<std::uint8_t>(claim.place.seq);
        if (const auto* participation = claim.as<Participation>()) {
            const auto number = static_cast<std::int64_t>(parties.size()) + 2;
            claim.counterparty = parties.try_emplace(participation->investor, number).first->second;
            claim.counterparty_name = participation->investor;
        }
        dossier.claims.push_back(std::move(claim));
    }
    return dossier;
}

// The places of these entries: "1, 3".
inline std::string places(const std::vector<EntryId>& entries) {
    std::string text;
    for (const EntryId& id : entries) text += (text.empty() ? "" : ", ") + std::to_string(id.bytes.back());
    return text;
}

}  // namespace postmoney::test
