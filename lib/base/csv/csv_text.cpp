#include "base/csv/csv_text.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postmoney::detail {

namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

[[nodiscard]] std::size_t space_in_front(std::string_view text) noexcept {
    if (text.starts_with(no_break_space)) return no_break_space.size();
    return !text.empty() && std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos ? 1 : 0;
}

[[nodiscard]] std::size_t space_behind(std::string_view text) noexcept {
    if (text.ends_with(no_break_space)) return no_break_space.size();
    return !text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos ? 1 : 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    while (const std::size_t space = space_in_front(text)) text.remove_prefix(space);
    while (const std::size_t space = space_behind(text)) text.remove_suffix(space);
    return text;
}

std::string heading_key(std::string_view heading) {
    std::string key = lower(heading);
    std::erase_if(key, [](char c) {
        const bool kept =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        return !kept;
    });
    return key;
}

bool says_nothing(std::string_view cell) {
    return cell.empty() || cell == "-" || lower(cell) == "n/a";
}

}  // namespace postmoney::detail
