// Language: the languages in which amounts are read as people write them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"

namespace POSTMONEY_NAMESPACE {

// English, Italian, German, French, Spanish, Portuguese, by their codes of ISO 639-1.
enum class Language : std::uint8_t { en, it, de, fr, es, pt };

// What stands before the decimals of a number.
enum class DecimalMark : std::uint8_t { point, comma };

// The mark of a language's own numbers: the point in English, else the comma. Countries differ: Mexico writes
// the point in Spanish.
[[nodiscard]] constexpr DecimalMark decimal_mark(Language language) noexcept {
    return language == Language::en ? DecimalMark::point : DecimalMark::comma;
}

namespace detail {

template <>
struct Words<Language> {
    static constexpr std::array<std::string_view, 6> values{"en", "it", "de", "fr", "es", "pt"};
};

template <>
struct Words<DecimalMark> {
    static constexpr std::array<std::string_view, 2> values{".", ","};
};

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE
