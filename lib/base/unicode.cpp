#include "base/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] bool all_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Null for invalid UTF-8.
[[nodiscard]] std::optional<std::string> mapped(std::string_view text, int options) {
    utf8proc_uint8_t* result = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &result,
                                   static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
    if (size < 0) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(result), static_cast<std::size_t>(size));
}

}  // namespace

std::string nfc(std::string_view text) {
    if (all_ascii(text)) return std::string(text);  // ASCII is in every normalization form
    if (auto composed = mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE)) return *std::move(composed);
    throw Error::refused(ErrorCode::bad_text, text, "valid UTF-8");
}

std::string search_form(std::string_view text) {
    std::string form;
    write_search_form(text, form);
    return form;
}

void write_search_form(std::string_view text, std::string& form) {
    unsigned char bits = 0;
    form.resize(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        bits |= c;
        form[i] = static_cast<char>(c | (static_cast<unsigned char>(c - 'A') < 26 ? 0x20U : 0U));
    }
    if (bits < 0x80) return;  // ASCII
    constexpr int options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
    form = mapped(text, options).value_or(std::string(text));
}

}  // namespace postmoney::detail
