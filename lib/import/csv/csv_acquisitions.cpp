#include "import/csv/csv_acquisitions.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "base/csv/csv_text.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

// The column of the buyer; empty when the table is not of acquisitions.
[[nodiscard]] std::string acquisitions_column(const std::vector<std::string>& header) {
    const auto find = [&](std::initializer_list<std::string_view> words) {
        return std::find_if(header.begin(), header.end(), [&](const std::string& heading) {
            const std::string key = heading_key(heading);
            return std::any_of(words.begin(), words.end(),
                               [&](std::string_view word) { return key.find(word) != std::string::npos; });
        });
    };
    const auto buyer = find({"acquir", "acquisition", "buyer"});
    const bool priced =
        find({"price", "amount", "date", "acquiredat", "acquiredon", "consideration"}) != header.end();
    const bool of_rounds = find({"series", "round", "investor", "raised"}) != header.end();
    return buyer != header.end() && priced && !of_rounds ? *buyer : std::string();
}

}  // namespace

void refuse_acquisitions(const std::vector<std::string>& header) {
    const std::string column = acquisitions_column(header);
    if (column.empty()) return;
    throw Error(ErrorCode::unknown_kind,
                "got a table of acquisitions (column " + detail::quoted(column) +
                    "), expected rounds, investments or companies: what a buyer pays is no "
                    "capital that the company raised");
}

}  // namespace postmoney::detail
