#include "import/csv/csv_encoding.hpp"

#include "postmoney/value/error.hpp"
#include "postmoney/value/printable.hpp"

namespace postmoney::detail {

std::string decode(std::string_view cell, CsvEncoding encoding) {
    std::string text;
    if (encoding == CsvEncoding::utf8) {
        for (std::string_view rest = cell; !rest.empty();) {
            const CodePoint point = first_code_point(rest);
            if (!point.valid) {
                throw Error::refused(
                    ErrorCode::bad_text, cell,
                    "valid UTF-8; if the table is in Latin-1, the map says \"encoding\": \"latin-1\"");
            }
            rest.remove_prefix(point.bytes);
        }
        return std::string(cell);
    }
    for (const char c : cell) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else if (byte < 0xA0) {
            throw Error::refused(ErrorCode::bad_text, cell,
                                 "Latin-1, in which this byte is a control character");
        } else {
            text += static_cast<char>(0xC0U | (byte >> 6U));
            text += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return text;
}

}  // namespace postmoney::detail
