// The definitions of error.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE Error::Error(ErrorCode code, std::string message) : Error(Parts{code, std::move(message)}) {}

POSTMONEY_INLINE Error Error::refused(ErrorCode code, std::string_view value, std::string_view expected) {
    return {code, "got " + detail::quoted(value) + ", expected " + std::string(expected)};
}

POSTMONEY_INLINE Error Error::in_field(std::string_view field) const {
    Parts parts = parts_;
    if (parts.field.empty()) parts.field = field;
    return Error(std::move(parts));
}

POSTMONEY_INLINE Error Error::at(std::string_view file, std::uint64_t line) const {
    Parts parts = parts_;
    if (parts.file.empty()) {
        parts.file = file;
        parts.line = line;
    }
    return Error(std::move(parts));
}

POSTMONEY_INLINE std::string Error::compose(const Parts& parts) {
    std::string text;
    if (!parts.file.empty()) {
        text += printable(parts.file) + ":";
        if (parts.line != 0) text += std::to_string(parts.line) + ":";
        text += " ";
    }
    if (!parts.field.empty()) text += "field " + detail::quoted(parts.field) + ": ";
    text += parts.message;
    text += " [";
    text += to_string(parts.code);
    text += "]";
    return text;
}

namespace detail {

POSTMONEY_INLINE std::string quoted(std::string_view value) {
    constexpr std::size_t limit = 60;
    const bool cut = value.size() > limit;
    if (cut) {
        std::size_t end = limit;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
        value = value.substr(0, end);
    }
    std::string text = "\"";
    text += printable(value);
    text += cut ? "...\"" : "\"";
    return text;
}

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE
