// Entry: one line of a facts file: what one source says of one subject.
//
//   Entry{.key = "xai-b", .source = "company-2024-05",
//         .content = RoundStatement{.round = "xai-series-b", .company = "xAI",
//                                   .raised = Amount::parse("6 billion USD")}};
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
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
#include "postmoney/fact/split.hpp"
#include "postmoney/fact/stated_total.hpp"
#include "postmoney/fact/valuation.hpp"
#include "postmoney/value/detail/check_number.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/printed.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The kinds of entries: the word in a facts line and the type of what it says. This is the one list of them.
// clang-format off
#define POSTMONEY_ENTRY_KINDS(kind)    \
    kind(source, Source)               \
    kind(party, Party)                 \
    kind(round, RoundStatement)        \
    kind(closing, Closing)             \
    kind(participation, Participation) \
    kind(valuation, Valuation)         \
    kind(split, Split)                 \
    kind(stated_total, StatedTotal)    \
    kind(metric, Metric)               \
    kind(market_total, MarketTotal)    \
    kind(relation, Relation)           \
    kind(remark, Remark)               \
    kind(fx_rate, FxRate)              \
    kind(currency, CurrencyDefinition) \
    kind(retraction, Retraction)
// clang-format on

#define POSTMONEY_ENUMERATOR(word, type) word,
enum class EntryKind : std::uint8_t { POSTMONEY_ENTRY_KINDS(POSTMONEY_ENUMERATOR) };
#undef POSTMONEY_ENUMERATOR

namespace detail {
template <class None, class... Kinds>
using VariantOf = std::variant<Kinds...>;
}  // namespace detail

// What an entry says: one of the kinds, in the order of EntryKind. It is used as the variant that it is
// (std::visit, std::get_if); copying, moving and comparing are defined out of line, since each of them is
// code for every kind in every source that touches an entry.
#define POSTMONEY_TYPE(word, type) , type
class EntryContent : public detail::VariantOf<void POSTMONEY_ENTRY_KINDS(POSTMONEY_TYPE)> {
#undef POSTMONEY_TYPE
  public:
    POSTMONEY_EXPORT EntryContent();  // an empty Source, the first kind
#define POSTMONEY_CONSTRUCTOR(word, type) POSTMONEY_EXPORT EntryContent(type content);
    POSTMONEY_ENTRY_KINDS(POSTMONEY_CONSTRUCTOR)
#undef POSTMONEY_CONSTRUCTOR
    POSTMONEY_EXPORT EntryContent(const EntryContent& other);
    POSTMONEY_EXPORT EntryContent(EntryContent&& other) noexcept;
    POSTMONEY_EXPORT EntryContent& operator=(const EntryContent& other);
    POSTMONEY_EXPORT EntryContent& operator=(EntryContent&& other) noexcept;
    POSTMONEY_EXPORT ~EntryContent();
};
[[nodiscard]] POSTMONEY_EXPORT bool operator==(const EntryContent& a, const EntryContent& b);

// What each kind says of itself; a type that does not say all of it is no kind, and does not compile as one.
// `description` is for the manual of the file. `on_company` is true where a claim states a fact of a company,
// on which several claims may compete. What has to be
// set in it, such as a date, is refused by check_form as long as it is not.
template <class T>
concept ContentKind = requires(T& content) {
    { T::description } -> std::convertible_to<std::string_view>;
    { T::on_company } -> std::convertible_to<bool>;
    T::fields([](const auto&...) {}, content);
}
&&std::is_default_constructible_v<T>;

// A value to be overwritten, of a type that may have no empty state.
template <class T>
[[nodiscard]] T blank_value() {
    if constexpr (std::is_same_v<T, PartialDate>) {
        return date_to_be_set;
    } else if constexpr (std::is_same_v<T, Amount>) {
        return Amount::undisclosed();
    } else if constexpr (std::is_same_v<T, PricePerShare>) {
        return PricePerShare(Decimal(1), Currency::iso("USD"));
    } else {
        return T{};
    }
}

// Calls `visit.template operator()<Kind>()` with the type of that kind, and returns what it returns.
template <class Visit>
constexpr auto visit_kind(EntryKind kind, Visit&& visit);

// The name of the table of the kind's content: the kind's word, unless it is the name of another table.
[[nodiscard]] constexpr std::string_view table_of(EntryKind kind);

struct Entry {
    std::optional<std::string> key = {};         // a name for the entry, unique in a ledger
    std::optional<std::string> source = {};      // the id of a source on record
    std::optional<std::string> note = {};        // of whoever writes the ledger
    std::optional<std::string> as_written = {};  // the source's own words for the number
    std::optional<std::string> supersedes = {};  // the entry it replaces: a key, or "sha256:" and its id
    EntryContent content;

    [[nodiscard]] EntryKind kind() const noexcept { return static_cast<EntryKind>(content.index()); }

    // The fields that every kind has; the kind's own are in content's `fields`.
    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit("key", self.key...);
        visit("source", self.source...);
        visit("note", self.note...);
        visit("as_written", self.as_written...);
        visit("supersedes", self.supersedes...);
    }

    friend bool operator==(const Entry&, const Entry&) = default;
};

// Checks what the types cannot: texts are not empty and hold no NUL, a key does not look like an id, numbers
// are within their field's range (counts not negative; rates above 0; rates, and metrics that are no money,
// at most 18 digits before and 10 after the point), a rate is between two currencies, converted notes are
// part of what was raised. Throws bad-text or out-of-range, naming the field.
POSTMONEY_EXPORT void check_form(const Entry& entry);

// The id in a reference "sha256:HEX"; null when the reference is a key.
[[nodiscard]] POSTMONEY_EXPORT std::optional<EntryId> referenced_id(std::string_view reference);

// Whether a party's name has the form `scheme:value`: lower-case letters, digits and hyphens before the first
// colon, something other than a space after it.
[[nodiscard]] constexpr bool is_scheme_value(std::string_view name) noexcept;

//--- Definitions ---

template <>
struct detail::Words<EntryKind> {
#define POSTMONEY_WORD(word, type) std::string_view(#word),
    static constexpr std::array values{POSTMONEY_ENTRY_KINDS(POSTMONEY_WORD)};
#undef POSTMONEY_WORD
};

template <class Visit>
constexpr auto visit_kind(EntryKind kind, Visit&& visit) {
    switch (kind) {
#define POSTMONEY_CASE(word, type) \
    case EntryKind::word:          \
        return visit.template operator()<type>();
        POSTMONEY_ENTRY_KINDS(POSTMONEY_CASE)
#undef POSTMONEY_CASE
    }
    throw Error(ErrorCode::misuse, "no kind has the number " + std::to_string(static_cast<int>(kind)));
}

constexpr std::string_view table_of(EntryKind kind) {
    return visit_kind(kind, [kind]<ContentKind Kind>() -> std::string_view {
        if constexpr (requires { Kind::table; }) {
            return Kind::table;
        } else {
            return to_string(kind);
        }
    });
}

namespace detail {

constexpr std::string_view id_prefix = "sha256:";

POSTMONEY_EXPORT void check_text(const std::string& text);

// One overload a type of member; a member without a rule of its own is right by its type.
struct FormCheck {
    template <class T>
    void operator()(const FieldName& field, const std::optional<T>& member) const {
        if (member) (*this)(field, *member);
    }
    void operator()(const FieldName&, const std::optional<PartialDate>&) const {}
    template <class T>
    void operator()(const FieldName& field, const T& member) const {
        try {
            check(field, member);
        } catch (const Error& error) {
            throw error.in_field(field);
        }
    }

  private:
    template <class T>
    static void check(const FieldName&, const T&) {}
    static void check(const FieldName&, const std::string& text) { check_text(text); }
    static void check(const FieldName&, const std::vector<std::string>& texts) {
        for (const std::string& text : texts) check_text(text);
    }
    static void check(const FieldName&, const std::map<std::string, std::string>& members) {
        for (const auto& [name, value] : members) {
            check_text(name);
            check_text(value);
        }
    }
    // Of an optional date, the year 1 is one like others.
    static void check(const FieldName&, const PartialDate& date) {
        if (date == date_to_be_set)
            throw Error::refused(ErrorCode::missing_field, date.to_string(), "the date of what is stated");
    }
    static void check(const FieldName&, const SplitRatio& ratio) {
        if (ratio.new_shares() == 0)
            throw Error::refused(ErrorCode::missing_field, ratio.to_string(), "the ratio of the split");
    }
    static void check(const FieldName& field, std::int64_t count) {
        if (count < 0) {
            throw Error::refused(ErrorCode::out_of_range, std::to_string(count),
                                 "a count that is not negative");
        }
        if (count > field.most) {
            throw Error::refused(ErrorCode::out_of_range, std::to_string(count),
                                 "0 to " + std::to_string(field.most));
        }
    }
    static void check(const FieldName& field, const Amount& amount) {
        if (amount.qualifier() != Qualifier::indefinite || field.may_be_indefinite) return;
        throw Error::refused(ErrorCode::out_of_range, amount.to_string(),
                             "an amount, or `undisclosed`: `indefinite` is for `offered` and `remaining`");
    }
    static void check(const FieldName&, const Decimal& rate) {
        if (rate.sign() <= 0)
            throw Error::refused(ErrorCode::out_of_range, rate.to_string(), "a rate above 0");
        check_number(rate);
    }
    static void check(const FieldName&, const MetricValue& value) {
        const auto* quantity = std::get_if<Quantity>(&value);  // an amount is within its currency's bounds
        if (quantity == nullptr || !quantity->disclosed()) return;
        check_number(quantity->number().value());
        check_number(quantity->high().value());
    }
};

}  // namespace detail

constexpr bool is_scheme_value(std::string_view name) noexcept {
    const std::size_t colon = name.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == name.size() || name[colon + 1] == ' ')
        return false;
    return std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/fact/entry-inl.hpp"
#endif
