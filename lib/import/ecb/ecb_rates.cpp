#include "import/ecb/ecb_rates.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace postmoney::detail {

void EcbRates::read_from(const PartialDate& day, std::span<const Currency> currencies) {
    for (const Currency& currency : currencies) {
        // What this import has recorded is of days that were read before.
        const auto [at, is_new] = read_from_.try_emplace(currency, day.first_day());
        if (!is_new && at->second <= day.first_day()) continue;
        read(currency, day, is_new ? std::nullopt : std::optional(PartialDate::day(at->second)));
        at->second = day.first_day();
    }
}

void EcbRates::read(const Currency& currency, const PartialDate& from,
                    const std::optional<PartialDate>& until) {
    // In the order of FACTS.md, the claim that is used last: all are of one type of source, and none has an
    // accession number. The rates come first, as the index has them by day.
    std::string sql =
        "SELECT r.on_date, r.rate_number, s.published, e.id FROM fx_rate r CROSS JOIN entry e ON e.entry = "
        "r.entry "
        "CROSS JOIN sources s ON s.first_entry = e.source WHERE s.id GLOB 'ecb:*' AND r.base = 'EUR' AND "
        "r.quote = '" +
        std::string(currency.code()) + "' AND r.on_date >= '" + from.to_string() + "' ";
    if (until) sql += "AND r.on_date < '" + until->to_string() + "' ";
    sql +=
        "AND length(r.on_date) = 10 AND s.published IS NOT NULL AND NOT EXISTS (SELECT 1 FROM withdrawn_now "
        "w "
        "WHERE w.entry = e.entry) ORDER BY s.published, e.recorded, e.id";
    ledger_->query(sql, {.row = [&](std::span<const SqlCell> cells) {
                       const auto text = [&](std::size_t i) { return std::get<std::string_view>(cells[i]); };
                       Said said{.currency = currency,
                                 .rate = Decimal::parse(text(1)),
                                 .published = PartialDate::parse(text(2)).last_day(),
                                 .is_new = false,
                                 .entry = {}};
                       const auto id = std::get<SqlBlob>(cells[3]).bytes;
                       std::copy(id.begin(), id.end(), said.entry.bytes.begin());
                       std::vector<Said>& day = days_[PartialDate::parse(text(0)).first_day()];
                       if (Said* const before = find(day, said.currency)) {
                           *before = said;
                       } else {
                           day.push_back(said);
                       }
                   }});
}

EcbRates::Said* EcbRates::find(std::vector<Said>& day, const Currency& currency) {
    const auto at =
        std::find_if(day.begin(), day.end(), [&](const Said& said) { return said.currency == currency; });
    return at == day.end() ? nullptr : &*at;
}

std::optional<EcbRates::Other> EcbRates::other_of(const EcbRate& rate, const PartialDate& day,
                                                  const PartialDate& published) {
    const Said* const said = find(days_[day.first_day()], rate.currency);
    if (said == nullptr || said->is_new || said->rate == rate.rate || said->published != published.last_day())
        return std::nullopt;
    return Other{said->rate, said->entry};
}

bool EcbRates::take(const EcbRate& rate, const PartialDate& day, const PartialDate& published) {
    const Said said{.currency = rate.currency,
                    .rate = rate.rate,
                    .published = published.last_day(),
                    .is_new = true,
                    .entry = {}};
    std::vector<Said>& of_day = days_[day.first_day()];
    Said* const before = find(of_day, rate.currency);
    if (before == nullptr) {
        of_day.push_back(said);
        return true;
    }
    if (before->rate == rate.rate) return false;
    if (before->is_new && before->published == said.published) {
        throw Error::refused(ErrorCode::out_of_range, rate.rate.to_string(),
                             before->rate.to_string() + ", as another file with the same last day says")
            .in_field(rate.currency.code());
    }
    if (before->published <= said.published) *before = said;
    return true;
}

}  // namespace postmoney::detail
