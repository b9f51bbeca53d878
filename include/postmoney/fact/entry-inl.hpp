// The definitions of entry.hpp that are neither constexpr nor hot.
#pragma once

#include <utility>

#include "postmoney/fact/entry.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE EntryContent::EntryContent() = default;
#define POSTMONEY_CONSTRUCTOR(word, type) \
    POSTMONEY_INLINE EntryContent::EntryContent(type content) : variant(std::move(content)) {}
POSTMONEY_ENTRY_KINDS(POSTMONEY_CONSTRUCTOR)
#undef POSTMONEY_CONSTRUCTOR
POSTMONEY_INLINE EntryContent::EntryContent(const EntryContent&) = default;
POSTMONEY_INLINE EntryContent::EntryContent(EntryContent&&) noexcept = default;
POSTMONEY_INLINE EntryContent& EntryContent::operator=(const EntryContent&) = default;
POSTMONEY_INLINE EntryContent& EntryContent::operator=(EntryContent&&) noexcept = default;
POSTMONEY_INLINE EntryContent::~EntryContent() = default;
POSTMONEY_INLINE bool operator==(const EntryContent& a, const EntryContent& b) {
    using Variant = EntryContent::variant;
    return static_cast<const Variant&>(a) == static_cast<const Variant&>(b);
}

namespace detail {

POSTMONEY_INLINE void check_text(const std::string& text) {
    if (text.empty()) throw Error::refused(ErrorCode::bad_text, text, "a text that is not empty");
    if (text.find('\0') != std::string::npos) {
        throw Error::refused(ErrorCode::bad_text, text, "a text without NUL characters");
    }
}

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

// Before the general bounds, since it has an error code of its own.
inline void check_decimals(const CurrencyDefinition& unit) {
    if (unit.decimals <= Currency::max_decimals) return;
    throw Error::refused(ErrorCode::bad_currency, std::to_string(unit.decimals), "0 to 8 decimals")
        .in_field("decimals");
}

inline void check_currencies(const FxRate& rate) {
    if (rate.base != rate.quote) return;
    throw Error::refused(ErrorCode::out_of_range, rate.quote.code(), "another currency than `base`")
        .in_field("quote");
}

inline void check_code(const CurrencyDefinition& unit) {
    try {
        static_cast<void>(Currency::user_defined(unit.code, static_cast<int>(unit.decimals)));
    } catch (const Error& error) {
        throw error.in_field("code");
    }
}

}  // namespace detail

POSTMONEY_INLINE void check_form(const Entry& entry) {
    const detail::FormCheck check;
    Entry::fields(check, entry);
    if (entry.key && entry.key->starts_with(detail::id_prefix)) {
        throw Error::refused(ErrorCode::bad_text, *entry.key, "a key that does not start with sha256:")
            .in_field("key");
    }
    const auto* currency = std::get_if<CurrencyDefinition>(&entry.content);
    if (currency != nullptr) detail::check_decimals(*currency);
    std::visit([&](const auto& content) { std::decay_t<decltype(content)>::fields(check, content); },
               entry.content);
    if (const auto* party = std::get_if<Party>(&entry.content)) detail::check_schemes(*party);
    if (const auto* round = std::get_if<RoundStatement>(&entry.content)) detail::check_conversions(*round);
    if (const auto* rate = std::get_if<FxRate>(&entry.content)) detail::check_currencies(*rate);
    if (currency != nullptr) detail::check_code(*currency);
}

POSTMONEY_INLINE std::optional<EntryId> referenced_id(std::string_view reference) {
    if (!reference.starts_with(detail::id_prefix)) return std::nullopt;
    return EntryId::parse(reference.substr(detail::id_prefix.size()));
}

}  // namespace POSTMONEY_NAMESPACE
