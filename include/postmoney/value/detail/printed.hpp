// What has a text prints it: one `<<` for the values that have no other.
#pragma once

#include <concepts>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// A value that its text says whole: a number, an amount, a date, a price, an id.
template <class T>
concept HasText = std::is_class_v<T> && requires(const T& value) {
    { value.to_string() } -> std::same_as<std::string>;
};

}  // namespace detail

// Prints what to_string returns.
template <class Traits, detail::HasText T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const T& value) {
    return out << value.to_string();
}

}  // namespace POSTMONEY_NAMESPACE
