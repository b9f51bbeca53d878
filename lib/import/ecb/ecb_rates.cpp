#include "import/ecb/ecb_rates.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <variant>

namespace postmoney::detail {

EcbRates::EcbRates(const Ledger& ledger, const Currencies& currencies) {
    // In the order of FACTS.md, the claim that is used last: all are of one type of source, and none has an
    // accession number.
    constexpr std::string_view sql =
        "SELECT r.quote, r.on_date, r.rate_number, s.published FROM sources s JOIN entry e ON "
        "e.source = s.first_entry JOIN fx_rate r ON r.entry = e.entry WHERE s.id GLOB 'ecb:*' AND "
        "r.base = 'EUR' AND length(r.on_date) = 10 AND s.published IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM withdrawn_now w WHERE w.entry = e.entry) ORDER BY s.published, e.recorded, e.id";
    ledger.query(sql, {.row = [&](std::span<const SqlCell> cells) {
                     const auto text = [&](std::size_t i) { return std::get<std::string_view>(cells[i]); };
                     const Said said{.currency = currencies.get(text(0)),
                                     .rate = Decimal::parse(text(2)),
                                     .published = PartialDate::parse(text(3)).last_day(),
                                     .is_new = false};
                     std::vector<Said>& day = days_[PartialDate::parse(text(1)).first_day()];
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

bool EcbRates::take(const EcbRate& rate, const PartialDate& day, const PartialDate& published) {
    const Said said{
        .currency = rate.currency, .rate = rate.rate, .published = published.last_day(), .is_new = true};
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
