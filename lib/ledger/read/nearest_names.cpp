#include "ledger/read/nearest_names.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>

#include "base/unicode.hpp"
#include "ledger/read/words_of_search.hpp"
#include "postmoney/value/printable.hpp"
#include "sql/statement.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] std::u32string code_points(std::string_view text) {
    std::u32string points;
    while (!text.empty()) {
        const auto point = first_code_point(text);
        points += static_cast<char32_t>(point.value);
        text.remove_prefix(point.bytes);
    }
    return points;
}

// How many characters are to be put in, left out, changed or swapped with the next to make one text of the
// other (optimal string alignment); `most` + 1 where it is more than that.
[[nodiscard]] std::size_t distance_of(const std::u32string& a, const std::u32string& b, std::size_t most) {
    const std::size_t longer = std::max(a.size(), b.size());
    if (longer - std::min(a.size(), b.size()) > most) return most + 1;
    std::vector<std::size_t> before(b.size() + 1);  // the row before the last
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        if (*std::min_element(row.begin(), row.end()) > most) return most + 1;
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[b.size()], most + 1);
}

}  // namespace

std::vector<std::string> nearest_names(Connection& connection, std::string_view name) {
    constexpr std::size_t most_names = 3;
    const std::string asked = search_form(name);
    const std::u32string points = code_points(asked);
    const std::size_t most = std::max<std::size_t>(1, points.size() / 3);
    const WordsOfSearch words(name);
    std::vector<std::tuple<std::size_t, std::string, std::string>> near;
    Statement names(connection.handle(),
                    "SELECT DISTINCT n.name FROM party_name n WHERE n.by_claim = 1 OR NOT EXISTS (SELECT 1 "
                    "FROM withdrawn_now w WHERE w.entry = n.entry)");
    names.bind();
    while (names.step()) {
        const std::string other = search_form(names.text(0));
        std::size_t distance = distance_of(points, code_points(other), most);
        if (distance > most && words.begin_words_of(other)) distance = most;
        if (distance <= most) near.emplace_back(distance, other, std::string(names.text(0)));
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> result;
    std::string last;
    for (const auto& [distance, form, its_name] : near) {
        if (result.size() == most_names) break;
        if (form != last) result.push_back(its_name);  // of names that look the same one is enough
        last = form;
    }
    return result;
}

}  // namespace postmoney::detail
