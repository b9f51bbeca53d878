#include "import/csv/csv_date_formats.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "postmoney/import/csv_values.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

constexpr int any_turn = 70;

constexpr std::array<std::string_view, 22> usual_formats{
    "YYYY-MM-DD",  "DD/MM/YYYY", "MM/DD/YYYY", "D/M/YYYY",   "M/D/YYYY",    "DD-MM-YYYY",
    "MM-DD-YYYY",  "DD.MM.YYYY", "D.M.YYYY",   "YYYY/MM/DD", "DD-MMM-YYYY", "D MMM YYYY",
    "MMM D, YYYY", "MMM YYYY",   "YYYY-MM",    "YYYY",       "D/M/YY",      "M/D/YY",
    "DD-MMM-YY",   "D.M.YY",     "MM/YYYY",    "YYYYMMDD"};

[[nodiscard]] bool reads(std::string_view cell, std::string_view format) {
    try {
        const std::string formats[] = {std::string(format)};
        static_cast<void>(read_csv_date(cell, formats, any_turn));
        return true;
    } catch (const Error&) {
        return false;
    }
}

[[nodiscard]] bool reads_without(std::string_view cell) {
    try {
        static_cast<void>(read_csv_date(cell, {}));
        return true;
    } catch (const Error&) {
        return false;
    }
}

[[nodiscard]] bool read_by_any(std::string_view cell, const std::vector<std::string>& formats) {
    return std::any_of(formats.begin(), formats.end(),
                       [&](const std::string& format) { return reads(cell, format); });
}

// The formats that read the most cells. A format is left out if it reads its cells as an earlier one does;
// the earlier one is stricter.
[[nodiscard]] std::vector<std::string> best_formats(const std::vector<std::string>& cells) {
    std::vector<std::string> best;
    std::ptrdiff_t most = 1;
    for (const std::string_view format : usual_formats) {
        const auto count =
            std::count_if(cells.begin(), cells.end(), [&](const auto& c) { return reads(c, format); });
        if (count < most) continue;
        if (count > most) best.clear();
        most = count;
        const bool looser = std::any_of(best.begin(), best.end(), [&](const std::string& other) {
            const std::string both[] = {other, std::string(format)};
            return std::all_of(cells.begin(), cells.end(), [&](const std::string& cell) {
                if (!reads(cell, format)) return true;
                try {
                    static_cast<void>(read_csv_date(cell, both, any_turn));
                    return true;
                } catch (const Error&) {
                    return false;
                }
            });
        });
        if (!looser) best.emplace_back(format);
    }
    return best;
}

// Whether a cell has one reading whatever the format. A format of numbers tells: beside `14 octobre 2021` it
// reads numbers alone, and 2021 by itself is a year only to a format that says so.
[[nodiscard]] bool is_written_out(std::string_view cell) {
    return cell.find_first_not_of("0123456789") != std::string_view::npos && reads(cell, "spreadsheet-days");
}

[[nodiscard]] bool is_day_number(const std::string& cell) {
    const std::string_view digits = std::string_view(cell).substr(0, cell.find('.'));
    return digits.size() == 5 && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool is_iso_format(std::string_view format) {
    return format == "YYYY-MM-DD" || format == "YYYY-MM" || format == "YYYY";
}

FormatsFound formats_for(const std::vector<std::string>& all) {
    FormatsFound found;
    // A cell that has one reading whatever the format says nothing of the others.
    const std::set<std::string> distinct(all.begin(), all.end());
    std::vector<std::string> cells;
    for (const std::string& cell : distinct) {
        if (!is_written_out(cell) || is_day_number(cell)) cells.push_back(cell);
    }
    // What the best formats leave, others may read: 2020-03 among days.
    while (!cells.empty()) {
        const std::vector<std::string> best = best_formats(cells);
        if (best.empty()) break;
        found.formats.insert(found.formats.end(), best.begin(), best.end());
        if (best.size() > 1) found.alternatives.insert(found.alternatives.end(), best.begin(), best.end());
        std::erase_if(cells, [&](const std::string& cell) { return read_by_any(cell, best); });
    }
    for (const std::string& cell : all) {
        const bool is_read = found.formats.empty() ? reads_without(cell) : read_by_any(cell, found.formats);
        if (!is_read) found.unread.push_back(cell);
    }
    for (const std::string& format : found.formats)
        found.turn_needed = found.turn_needed || (format.find("YY") != std::string::npos &&
                                                  format.find("YYYY") == std::string::npos);
    found.day_numbers =
        !found.unread.empty() && std::all_of(found.unread.begin(), found.unread.end(), is_day_number);
    return found;
}

}  // namespace postmoney::detail
