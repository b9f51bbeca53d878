#include "ledger/read/resolved_lists.hpp"

#include <algorithm>
#include <utility>

#include "postmoney/answer/counted_inflow.hpp"
#include "postmoney/answer/detail/brought_answers.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/share_price.hpp"
#include "postmoney/answer/total.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] RoundSummary summary_of(std::int64_t party, const ResolvedCompany& company,
                                      const ResolvedRound& round) {
    RoundSummary row;
    row.party = party;
    row.company = company.company;
    row.round = round.handle;
    row.name = round.name.get().value_or("");
    row.stage = round.stage.get().value_or("");
    row.status = round.state();
    row.instrument = round.instrument.get();
    row.date = round.date();
    row.raised = round.raised.get();
    if (round.raised) {
        const Claim& claim = round.raised.winner();
        row.raised_source = claim.entry.source.value_or("");
        if (claim.source) row.source_type = claim.source->type;
    }
    row.investors = round.investors.get();
    row.named_investors = static_cast<std::int64_t>(round.participations.size());
    if (const auto valuation = valuation_within_range(round)) row.valuation = valuation->value;
    row.counts = counts_as_raised(round, InstrumentFilter(), company.viewpoint.as_of);
    return row;
}

[[nodiscard]] bool took_part(const ResolvedRound& round, std::int64_t investor) {
    return std::any_of(round.participations.begin(), round.participations.end(),
                       [&](const ResolvedParticipation& part) { return part.investor == investor; });
}

// A place among the rounds of a company tells them apart in a league table of companies.
[[nodiscard]] std::int64_t place_of(const ResolvedCompany& company, std::string_view handle) {
    const auto at = std::find_if(company.rounds.begin(), company.rounds.end(),
                                 [&](const ResolvedRound& round) { return round.handle == handle; });
    return at - company.rounds.begin();
}

}  // namespace

const ExchangeRates& RatesInto::among(const std::set<std::string, std::less<>>& codes) {
    const auto [at, is_new] = rates_.try_emplace(codes);
    if (is_new) {
        std::vector<Claim> claims = dossiers_->rates_among(codes, options_->known_at);
        const Viewpoint viewpoint = options_->viewpoint();
        std::erase_if(claims, [&](const Claim& claim) { return !viewpoint.sees(claim); });
        at->second = ExchangeRates(claims, options_->policy, options_->rate_age);
    }
    return at->second;
}

std::set<std::string, std::less<>> currencies_of(const BroughtByRounds& brought) {
    std::set<std::string, std::less<>> codes;
    for (const RoundInflows& round : brought.after) {
        for (const Inflow& sum : round.inflows) codes.emplace(sum.known.currency().code());
        if (round.foreign_conversions) codes.emplace(round.foreign_conversions->currency.code());
    }
    return codes;
}

template <class Use>
void ResolvedLists::for_each_company(const std::optional<std::int64_t>& only, const Use& use) {
    const Viewpoint viewpoint = options_->viewpoint();
    const auto take = [&](const Dossier& found) {
        if (found.claims.empty()) return;
        const ResolvedCompany company = resolve(found, options_->policy, viewpoint);
        if (!company.rounds.empty()) use(found.party, company);
    };
    if (only) return take(dossiers_->company(*only, viewpoint.known_at).dossier);
    dossiers_->for_each_root(viewpoint.known_at,
                             [&](UnreadDossier unread) { take(dossiers_->read(std::move(unread)).dossier); });
}

std::optional<std::vector<Total>> ResolvedLists::raised(const ResolvedCompany& company,
                                                        const TotalFilter& filter) {
    const BroughtByRounds brought(company, options_->as_of);
    const TotalOptions options{.as_of = options_->as_of,
                               .in = options_->in,
                               .instruments = filter.instruments,
                               .exclude_funds = filter.exclude_funds};
    ExchangeRates none;
    const ExchangeRates* rates = &none;
    if (options_->in) {
        auto codes = currencies_of(brought);
        codes.emplace(options_->in->code());
        rates = &rates_.among(codes);
    }
    try {
        return total_raised(brought, options, *rates);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::overflow && error.code() != ErrorCode::no_rate &&
            error.code() != ErrorCode::mixed_currencies)
            throw;
        return std::nullopt;
    }
}

std::vector<CompanySummary> ResolvedLists::companies(const TotalFilter& filter) {
    std::vector<CompanySummary> companies;
    for_each_company(std::nullopt, [&](std::int64_t party, const ResolvedCompany& company) {
        CompanySummary row;
        LatestDate latest;
        for (const ResolvedRound& round : company.rounds) {
            if (!round.may_have_begun(options_->as_of)) continue;
            ++row.rounds;
            if (counts_as_raised(round, InstrumentFilter(), options_->as_of)) ++row.counted;
            if (round.takes_place()) latest.add(round.date());
        }
        if (row.rounds == 0) return;
        ListReader::Profile profile = kept_->profile(party);
        row.party = party;
        row.name = company.company;
        row.country = std::move(profile.country);
        row.market = std::move(profile.market);
        row.last_round = latest.date();
        row.raised = raised(company, filter);
        companies.push_back(std::move(row));
    });
    return companies;
}

std::vector<InvestorSummary> ResolvedLists::investors() {
    struct Found {
        InvestorSummary row;
        LatestDate latest;
        std::int64_t last_company = 0;
    };
    std::map<std::int64_t, Found> found;
    for_each_company(std::nullopt, [&](std::int64_t party, const ResolvedCompany& company) {
        for (const ResolvedRound& round : company.rounds) {
            if (!round.may_have_begun(options_->as_of)) continue;
            for (const ResolvedParticipation& part : round.participations) {
                Found& investor = found[part.investor];
                if (!round.takes_place()) continue;
                ++investor.row.rounds;
                if (part.lead.get().value_or(false)) ++investor.row.led;
                if (std::exchange(investor.last_company, party) != party) ++investor.row.companies;
                investor.latest.add(round.date());
            }
        }
    });
    std::vector<InvestorSummary> investors;
    for (auto& [party, investor] : found) {
        ListReader::Profile profile = kept_->profile(party);
        investor.row.party = party;
        investor.row.name = std::move(profile.name);
        investor.row.type = std::move(profile.type);
        investor.row.country = std::move(profile.country);
        investor.row.last_round = investor.latest.date();
        investors.push_back(std::move(investor.row));
    }
    return investors;
}

std::vector<RoundSummary> ResolvedLists::rounds(const RoundFilter& filter, const RoundOwners& owners) {
    std::vector<RoundSummary> rounds;
    for_each_company(owners.company, [&](std::int64_t party, const ResolvedCompany& company) {
        for (const ResolvedRound& round : company.rounds) {
            if (!round.may_have_begun(options_->as_of)) continue;
            if (owners.investor && !took_part(round, *owners.investor)) continue;
            RoundSummary row = summary_of(party, company, round);
            if (takes(filter, row)) rounds.push_back(std::move(row));
        }
    });
    return rounds;
}

std::vector<LeagueMoney> ResolvedLists::monies(const LeagueQuery& query) {
    std::vector<LeagueMoney> all;
    std::int64_t first = 0;  // the number of the company's first round among those of all
    const auto add = [&](std::int64_t party, const ResolvedRound& round, std::int64_t number,
                         const std::optional<PartialDate>& date, const std::string& market) -> LeagueMoney* {
        if (!takes(query, date, round.stage.get().value_or(""), market)) return nullptr;
        LeagueMoney& found = all.emplace_back();
        found.party = party;
        found.round = number;
        found.date = date;
        return &found;
    };
    for_each_company(std::nullopt, [&](std::int64_t party, const ResolvedCompany& company) {
        const std::string market = kept_->profile(party).market;
        if (query.of == LeagueOf::company) {
            for (const CountedInflow& inflow : counted_inflows(company, {.as_of = options_->as_of})) {
                const std::int64_t place = place_of(company, inflow.round);
                const ResolvedRound& round = company.rounds[static_cast<std::size_t>(place)];
                LeagueMoney* const found = add(party, round, first + place, inflow.date, market);
                if (found == nullptr) continue;
                found->currency = inflow.currency;
                found->money = inflow.known;
            }
        } else {
            std::int64_t number = first;
            for (const ResolvedRound& round : company.rounds) {
                const bool is_meant = round.takes_place() && has_surely_come(round, options_->as_of);
                for (const ResolvedParticipation& part : round.participations) {
                    LeagueMoney* const found =
                        is_meant ? add(part.investor, round, number, round.date(), market) : nullptr;
                    if (found == nullptr) continue;
                    found->led = part.lead.get().value_or(false);
                    if (const Amount* amount = disclosed_amount(part.amount)) {
                        found->currency = amount->currency();
                        found->money = amount->known();
                    }
                }
                ++number;
            }
        }
        first += static_cast<std::int64_t>(company.rounds.size());
    });
    return all;
}

void convert(std::vector<LeagueMoney>& monies, const ViewOptions& options, DossierReader& dossiers) {
    const Currency& in = *options.in;
    std::set<std::string, std::less<>> codes{std::string(in.code())};
    for (const LeagueMoney& money : monies) {
        if (money.currency) codes.emplace(money.currency->code());
    }
    RatesInto into(dossiers, options);
    const ExchangeRates& rates = into.among(codes);
    const TotalOptions query{.as_of = options.as_of, .in = in};
    for (LeagueMoney& money : monies) {
        if (!money.currency) continue;
        if (money.money) {
            try {
                const Ratio rate = conversion_of(*money.currency, money.date, query, rates).rate;
                money.exact = Ratio(money.money->to_decimal()) * rate;
            } catch (const Error& error) {
                if (error.code() != ErrorCode::no_rate) throw;
            }
        }
        money.money.reset();
        money.currency = in;
    }
}

}  // namespace postmoney::detail
