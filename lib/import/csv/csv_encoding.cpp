#include "import/csv/csv_encoding.hpp"

#include <array>
#include <cstdint>

#include "postmoney/value/error.hpp"
#include "postmoney/value/printable.hpp"

namespace postmoney::detail {

namespace {

// What windows-1252 has where Latin-1 has control characters, 0x80 to 0x9F; 0 for nothing.
constexpr std::array<std::uint16_t, 32> windows_1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// At most three bytes: the characters of both encodings lie below 0x10000.
void append_point(std::string& text, std::uint32_t point) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (point < 0x800) {
        put(0xC0U | point >> 6U);
    } else {
        put(0xE0U | point >> 12U);
        put(0x80U | (point >> 6U & 0x3FU));
    }
    put(0x80U | (point & 0x3FU));
}

[[nodiscard]] bool is_ascii(std::string_view text) noexcept {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

}  // namespace

std::string decode(std::string_view cell, CsvEncoding encoding) {
    if (is_ascii(cell)) return std::string(cell);
    if (encoding == CsvEncoding::utf8) {
        for (std::string_view rest = cell; !rest.empty();) {
            const CodePoint point = first_code_point(rest);
            if (!point.valid) {
                throw Error::refused(
                    ErrorCode::bad_text, cell,
                    "valid UTF-8; if the table is in another encoding, the map says \"encoding\": "
                    "\"windows-1252\" or \"latin-1\"");
            }
            rest.remove_prefix(point.bytes);
        }
        return std::string(cell);
    }
    std::string text;
    for (const char c : cell) {
        const auto byte = static_cast<unsigned char>(c);
        std::uint32_t point = byte;
        if (byte >= 0x80 && byte < 0xA0)
            point = encoding == CsvEncoding::windows1252 ? windows_1252.at(byte - 0x80U) : 0;
        if (point == 0 && byte != 0) {
            throw Error::refused(
                ErrorCode::bad_text, cell,
                encoding == CsvEncoding::latin1
                    ? "Latin-1, in which this byte is a control character; windows-1252 may read it"
                    : "windows-1252, which has no such byte");
        }
        if (byte < 0x80) {
            text += c;
        } else {
            append_point(text, point);
        }
    }
    return text;
}

}  // namespace postmoney::detail
