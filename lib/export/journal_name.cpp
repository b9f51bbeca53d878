#include "postmoney/export/journal_name.hpp"

#include <algorithm>
#include <array>

#include "postmoney/value/error.hpp"
#include "postmoney/value/printable.hpp"

namespace postmoney {

namespace {

constexpr std::string_view upper_hex_digits = "0123456789ABCDEF";
constexpr std::string_view front_mark = "0-";

[[nodiscard]] constexpr bool is_ascii_alphanumeric(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Unicode's white space beyond ASCII, at which some programs split, and characters without a width.
[[nodiscard]] constexpr bool is_wide_space(std::uint32_t c) noexcept {
    return c == 0xA0 || c == 0xAD || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000;
}

void append_escaped_bytes(std::string& written, std::string_view bytes, std::string_view mark) {
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        written += mark;
        written += upper_hex_digits[byte >> 4U];
        written += upper_hex_digits[byte & 15U];
    }
}

[[nodiscard]] std::string_view escape_mark(JournalFormat format) noexcept {
    return format == JournalFormat::ledger ? "%" : "-0";
}

// Whether the character at the front of `rest` stands for itself in a journal of ledger and hledger.
[[nodiscard]] bool stands_in_ledger(const CodePoint& point, std::string_view rest, bool after_blank) {
    const char c = rest.front();
    if (point.bytes > 1) return !is_unprintable(point.value) && !is_wide_space(point.value);
    if (c == ' ') return !after_blank && rest.size() > 1;
    return is_ascii_alphanumeric(c) || std::string_view(".,'&+-_/").find(c) != std::string_view::npos;
}

[[nodiscard]] bool needs_front_mark(std::string_view written) {
    const char first = written.front();
    const bool begins_well = (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9');
    return !begins_well || written.starts_with(front_mark);
}

[[nodiscard]] Error refused_writing(std::string_view written) {
    return Error::refused(ErrorCode::bad_text, written, "a name as journals write it");
}

// The byte of two hexadecimal digits.
[[nodiscard]] char unescaped(std::string_view written, std::string_view digits) {
    if (digits.size() < 2) throw refused_writing(written);
    const std::size_t high = upper_hex_digits.find(digits[0]);
    const std::size_t low = upper_hex_digits.find(digits[1]);
    if (high == std::string_view::npos || low == std::string_view::npos) throw refused_writing(written);
    return static_cast<char>(high << 4U | low);
}

}  // namespace

std::string journal_name(std::string_view name, JournalFormat format) {
    if (name.empty()) throw Error::refused(ErrorCode::bad_text, name, "a name");
    std::string written;
    const std::string_view mark = escape_mark(format);
    bool after_blank = true;
    for (std::string_view rest = name; !rest.empty();) {
        const CodePoint point = first_code_point(rest);
        if (!point.valid) throw Error::refused(ErrorCode::bad_text, name, "valid UTF-8");
        const char c = rest.front();
        if (format == JournalFormat::ledger && stands_in_ledger(point, rest, after_blank)) {
            written += rest.substr(0, point.bytes);
        } else if (format == JournalFormat::beancount && is_ascii_alphanumeric(c)) {
            written += c;
        } else if (format == JournalFormat::beancount && c == ' ' && !rest.substr(1).starts_with('0')) {
            written += '-';
        } else {
            append_escaped_bytes(written, rest.substr(0, point.bytes), mark);
        }
        after_blank = c == ' ';
        rest.remove_prefix(point.bytes);
    }
    if (format == JournalFormat::beancount && needs_front_mark(written)) written.insert(0, front_mark);
    return written;
}

std::string name_of_journal(std::string_view written, JournalFormat format) {
    std::string name;
    std::string_view rest = written;
    const std::string_view mark = escape_mark(format);
    if (format == JournalFormat::beancount && rest.starts_with(front_mark))
        rest.remove_prefix(front_mark.size());
    while (!rest.empty()) {
        if (rest.starts_with(mark)) {
            name += unescaped(written, rest.substr(mark.size()));
            rest.remove_prefix(mark.size() + 2);
            continue;
        }
        name += format == JournalFormat::beancount && rest.front() == '-' ? ' ' : rest.front();
        rest.remove_prefix(1);
    }
    // A name has one writing.
    if (name.empty() || journal_name(name, format) != written) throw refused_writing(written);
    return name;
}

}  // namespace postmoney
