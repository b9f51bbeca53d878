// Enumerations that files spell as words. One table an enumeration serves printing, reading and refusing.
#pragma once

#include <array>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Specialised beside each enumeration: `values[i]` is the word of the enumerator with number i.
template <class Enum>
struct Words;

template <class Enum>
concept Worded = requires {
    Words<Enum>::values.size();
};

template <Worded Enum>
[[nodiscard]] constexpr std::string_view word(Enum value) noexcept {
    return Words<Enum>::values[static_cast<std::size_t>(value)];
}

template <Worded Enum>
[[nodiscard]] constexpr std::optional<Enum> find_word(std::string_view text) noexcept {
    for (std::size_t i = 0; i < Words<Enum>::values.size(); ++i) {
        if (Words<Enum>::values[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

// "a, b or c": what a refusal says was expected.
template <Worded Enum>
[[nodiscard]] std::string list_words() {
    std::string text;
    constexpr std::size_t count = Words<Enum>::values.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0) text += i + 1 == count ? " or " : ", ";
        text += Words<Enum>::values[i];
    }
    return text;
}

// Throws bad-word.
template <Worded Enum>
[[nodiscard]] Enum from_word(std::string_view text) {
    if (const auto found = find_word<Enum>(text)) return *found;
    throw Error::refused(ErrorCode::bad_word, text, list_words<Enum>());
}

}  // namespace POSTMONEY_NAMESPACE::detail

namespace POSTMONEY_NAMESPACE {

// The word of an enumerator as the facts file and the database spell it, e.g. "post-money".
template <detail::Worded Enum>
[[nodiscard]] constexpr std::string_view to_string(Enum value) noexcept {
    return detail::word(value);
}

// The enumerator of a word: parse<Instrument>("safe"). Throws bad-word, which says what the words are.
template <detail::Worded Enum>
[[nodiscard]] Enum parse(std::string_view text) {
    return detail::from_word<Enum>(text);
}

// Prints the word.
template <class Traits, detail::Worded Enum>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, Enum value) {
    return out << to_string(value);
}

}  // namespace POSTMONEY_NAMESPACE
