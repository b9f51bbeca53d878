// fmt support, for programs that use fmt: the one header that includes it. Every type of this library whose
// text needs no arguments can then be formatted, with the width, fill and alignment of a string.
//
//   fmt::print("{:>12}\n", postmoney::Decimal::parse("134.68"));  // "      134.68"
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>

namespace postmoney::detail {

//--- Interface ---

// Whether T is a type of namespace postmoney.
template <class T>
[[nodiscard]] consteval bool is_postmoney_type() {
    // The compiler's own spelling of T. A list of types would have to be kept, and argument-dependent lookup
    // would also find templates of others with one of our types as an argument.
    const std::string_view function = __PRETTY_FUNCTION__;
    return function.find("T = postmoney::") != std::string_view::npos;
}

// A type of namespace postmoney with a member `std::string to_string() const`.
template <class T>
concept HasText = is_postmoney_type<T>() && requires(const T& value) {
    { value.to_string() } -> std::same_as<std::string>;
};

}  // namespace postmoney::detail

//--- Definitions ---

template <postmoney::detail::HasText T>
struct fmt::formatter<T> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const T& value, Context& context) const {
        return fmt::formatter<std::string_view>::format(value.to_string(), context);
    }
};
