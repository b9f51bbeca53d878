// A cell as RFC 4180 writes it.
#pragma once

#include <string>
#include <string_view>

namespace postmoney::detail {

// Appends the text, quoted where it is empty or has a comma, a quotation mark or a line break: an empty cell
// without quotation marks stands for no value.
inline void append_csv_cell(std::string& line, std::string_view text) {
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        line += text;
        return;
    }
    line += '"';
    for (const char c : text) line.append(c == '"' ? 2 : 1, c);
    line += '"';
}

}  // namespace postmoney::detail
