// What lists count, whether their rows come from the kept tables or from companies that were resolved anew.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmoney/ledger/lists.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney::detail {

// Sorts the rows by `key(row)`, which may point into them; equal ones keep their order. Keys are made once,
// and each row moves once: the rows of lists are many times as large as their keys.
template <class Row, class Key>
void sort_by_key(std::vector<Row>& rows, const Key& key) {
    std::vector<std::pair<decltype(key(rows.front())), std::size_t>> keys;
    keys.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) keys.emplace_back(key(rows[i]), i);
    if (std::is_sorted(keys.begin(), keys.end())) return;
    std::sort(keys.begin(), keys.end());
    std::vector<Row> sorted;
    sorted.reserve(rows.size());
    for (const auto& [its_key, i] : keys) sorted.push_back(std::move(rows[i]));
    rows = std::move(sorted);
}

// The latest of some dates, by the last day, then by the text.
class LatestDate {
  public:
    void add(const std::optional<PartialDate>& date) {
        if (!date) return;
        if (!latest_ || latest_->last_day() < date->last_day() ||
            (latest_->last_day() == date->last_day() && latest_->to_string() < date->to_string()))
            latest_ = date;
    }
    [[nodiscard]] const std::optional<PartialDate>& date() const noexcept { return latest_; }

  private:
    std::optional<PartialDate> latest_;
};

// Whether a list of rounds takes one, apart from whose it is and who took part.
[[nodiscard]] bool takes(const RoundFilter& filter, const RoundSummary& round);
// By date, those without one last, then by company and handle.
void sort_rounds(std::vector<RoundSummary>& rounds);

// Money of a round that a league table counts.
struct LeagueMoney {
    std::int64_t party = 0;  // the company, or the investor
    std::int64_t round = 0;  // tells the rounds of one party apart
    std::optional<PartialDate> date = {};
    std::optional<Currency> currency = {};
    std::optional<Money> money = {};  // null where nothing is disclosed, or it cannot be told
    std::optional<Ratio> exact =
        {};  // once it is converted: units of `currency`; `money` is not looked at then
    bool led = false;

    [[nodiscard]] bool told() const noexcept { return exact || money; }
};

// Whether the query takes money of that date, of a round of that stage, of a company in that market.
[[nodiscard]] bool takes(const LeagueQuery& query, const std::optional<PartialDate>& date,
                         std::string_view stage, std::string_view market);

// The places, without names and in no order.
[[nodiscard]] std::vector<LeaguePlace> league_places(std::vector<LeagueMoney> all, LeagueOf of);
// In the order of View::league. The places have their names.
void sort_places(std::vector<LeaguePlace>& places, LeagueOf of);

}  // namespace postmoney::detail
