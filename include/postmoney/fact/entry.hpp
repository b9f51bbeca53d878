// Entry: one line of a facts file: what one source says of one subject.
//
//   Entry{.key = "xai-b", .source = "company-2024-05",
//         .content = RoundStatement{.round = "xai-series-b", .company = "xAI", .raised = Amount::parse("6
//         billion USD")}}
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "postmoney/fact/closing.hpp"
#include "postmoney/fact/currency_definition.hpp"
#include "postmoney/fact/fx_rate.hpp"
#include "postmoney/fact/market_total.hpp"
#include "postmoney/fact/metric.hpp"
#include "postmoney/fact/participation.hpp"
#include "postmoney/fact/party.hpp"
#include "postmoney/fact/relation.hpp"
#include "postmoney/fact/remark.hpp"
#include "postmoney/fact/retraction.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/fact/source.hpp"
#include "postmoney/fact/stated_total.hpp"
#include "postmoney/fact/valuation.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"

namespace postmoney {

//--- Interface ---

enum class EntryKind : std::uint8_t {
    source,
    party,
    round,
    closing,
    participation,
    valuation,
    stated_total,
    metric,
    market_total,
    relation,
    remark,
    fx_rate,
    currency,
    retraction
};

// In the order of EntryKind.
using EntryContent =
    std::variant<Source, Party, RoundStatement, Closing, Participation, Valuation, StatedTotal, Metric,
                 MarketTotal, Relation, Remark, FxRate, CurrencyDefinition, Retraction>;

struct Entry {
    std::optional<std::string> key = {};         // a name for the entry, unique in a ledger
    std::optional<std::string> source = {};      // the id of a source on record
    std::optional<std::string> note = {};        // of whoever writes the ledger
    std::optional<std::string> as_written = {};  // the source's own words for the number
    std::optional<std::string> supersedes = {};  // the entry it replaces: a key, or "sha256:" and its id
    EntryContent content;

    [[nodiscard]] EntryKind kind() const noexcept { return static_cast<EntryKind>(content.index()); }

    // The fields that every kind has; the kind's own are in content's `fields`.
    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("key", self.key);
        visit("source", self.source);
        visit("note", self.note);
        visit("as_written", self.as_written);
        visit("supersedes", self.supersedes);
    }
};

// Checks what the types cannot: texts are not empty and hold no NUL, a key does not look like an id, numbers
// are within their field's range (counts not negative; rates above 0; rates, and metrics that are no money,
// at most 18 digits before and 10 after the point), converted notes are part of what was raised. Throws
// bad-text or out-of-range, naming the field.
void check_form(const Entry& entry);

// The id in a reference "sha256:HEX"; null when the reference is a key.
[[nodiscard]] std::optional<EntryId> referenced_id(std::string_view reference);

// Whether a party's name has the form `scheme:value`: lower-case letters, digits and hyphens before the first
// colon, something other than a space after it.
[[nodiscard]] constexpr bool is_scheme_value(std::string_view name) noexcept;

//--- Definitions ---

template <>
struct detail::Words<EntryKind> {
    static constexpr std::array<std::string_view, 14> values{
        "source", "party",        "round",    "closing", "participation", "valuation", "stated_total",
        "metric", "market_total", "relation", "remark",  "fx_rate",       "currency",  "retraction"};
};

static_assert(std::variant_size_v<EntryContent> == detail::Words<EntryKind>::values.size());

namespace detail {

constexpr std::string_view id_prefix = "sha256:";

inline void check_text(const std::string& text) {
    if (text.empty()) throw Error::refused(ErrorCode::bad_text, text, "a text that is not empty");
    if (text.find('\0') != std::string::npos) {
        throw Error::refused(ErrorCode::bad_text, text, "a text without NUL characters");
    }
}

inline void check_number(const Decimal& number) {
    const Decimal limit = times_power_of_ten(Decimal(1), 18);
    if (number >= limit || number <= -limit || number.normalized().scale() > 10) {
        throw Error::refused(ErrorCode::out_of_range, number.to_string(),
                             "at most 18 digits before and 10 after the point");
    }
}

// One overload a type of member; a member without a rule of its own is right by its type.
struct FormCheck {
    template <class T>
    void operator()(std::string_view field, const std::optional<T>& member) const {
        if (member) (*this)(field, *member);
    }
    template <class T>
    void operator()(std::string_view field, const T& member) const {
        try {
            check(member);
        } catch (const Error& error) {
            throw error.in_field(field);
        }
    }

  private:
    template <class T>
    static void check(const T&) {}
    static void check(const std::string& text) { check_text(text); }
    static void check(const std::vector<std::string>& texts) {
        for (const std::string& text : texts) check_text(text);
    }
    static void check(const std::map<std::string, std::string>& members) {
        for (const auto& [name, value] : members) {
            check_text(name);
            check_text(value);
        }
    }
    static void check(std::int64_t count) {
        if (count < 0) {
            throw Error::refused(ErrorCode::out_of_range, std::to_string(count),
                                 "a count that is not negative");
        }
    }
    static void check(const Decimal& rate) {
        if (rate.sign() <= 0)
            throw Error::refused(ErrorCode::out_of_range, rate.to_string(), "a rate above 0");
        check_number(rate);
    }
    static void check(const MetricValue& value) {
        const auto* quantity = std::get_if<Quantity>(&value);  // an amount is within its currency's bounds
        if (quantity == nullptr || !quantity->disclosed()) return;
        check_number(quantity->number().value());
        check_number(quantity->high().value());
    }
};

inline void check_schemes(const Party& party) {
    for (const auto& [scheme, value] : party.ids) {
        if (is_scheme_value(scheme + ":" + value)) continue;
        throw Error::refused(ErrorCode::bad_text, scheme,
                             "a scheme of lower-case letters, digits and hyphens")
            .in_field("ids");
    }
}

inline void check_conversions(const RoundStatement& round) {
    if (!round.raised || !round.includes_conversions) return;
    if (!round.raised->disclosed() || !round.includes_conversions->disclosed()) return;
    const auto refuse = [&](std::string_view expected) {
        throw Error::refused(ErrorCode::out_of_range, round.includes_conversions->to_string(), expected)
            .in_field("includes_conversions");
    };
    if (round.raised->currency() != round.includes_conversions->currency())
        refuse("the currency of `raised`");
    if (round.raised->upper() && round.includes_conversions->lower() > *round.raised->upper()) {
        refuse("no more than `raised`, which it is part of");
    }
}

}  // namespace detail

inline void check_form(const Entry& entry) {
    const detail::FormCheck check;
    Entry::fields(entry, check);
    if (entry.key && entry.key->starts_with(detail::id_prefix)) {
        throw Error::refused(ErrorCode::bad_text, *entry.key, "a key that does not start with sha256:")
            .in_field("key");
    }
    std::visit([&](const auto& content) { std::decay_t<decltype(content)>::fields(content, check); },
               entry.content);
    if (const auto* party = std::get_if<Party>(&entry.content)) detail::check_schemes(*party);
    if (const auto* round = std::get_if<RoundStatement>(&entry.content)) detail::check_conversions(*round);
    if (const auto* currency = std::get_if<CurrencyDefinition>(&entry.content)) {
        if (currency->decimals > 8) {
            throw Error::refused(ErrorCode::bad_currency, std::to_string(currency->decimals),
                                 "0 to 8 decimals")
                .in_field("decimals");
        }
        try {
            static_cast<void>(Currency::user_defined(currency->code, static_cast<int>(currency->decimals)));
        } catch (const Error& error) {
            throw error.in_field("code");
        }
    }
}

inline std::optional<EntryId> referenced_id(std::string_view reference) {
    if (!reference.starts_with(detail::id_prefix)) return std::nullopt;
    return EntryId::parse(reference.substr(detail::id_prefix.size()));
}

constexpr bool is_scheme_value(std::string_view name) noexcept {
    const std::size_t colon = name.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == name.size() || name[colon + 1] == ' ')
        return false;
    return std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace postmoney
