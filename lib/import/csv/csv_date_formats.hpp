// The formats that read a column of dates.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postmoney::detail {

struct FormatsFound {
    std::vector<std::string> formats;       // empty when the cells need none
    std::vector<std::string> alternatives;  // of these, those that read the same cells as different days
    std::vector<std::string> unread;        // cells that no format reads
    bool turn_needed = false;               // a format has YY
    bool day_numbers = false;               // the cells that are not read look like those of a spreadsheet
};

// Whether it is a form that is read without any format: YYYY-MM-DD, YYYY-MM or YYYY.
[[nodiscard]] bool is_iso_format(std::string_view format);

[[nodiscard]] FormatsFound formats_for(const std::vector<std::string>& cells);

}  // namespace postmoney::detail
