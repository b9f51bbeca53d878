#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmoney/answer/detail/totals_in_time.hpp"
#include "postmoney/answer/left_out.hpp"
#include "postmoney/answer/reconcile.hpp"
#include "postmoney/answer/total.hpp"

using namespace postmoney;

namespace {

Amount any_claimed_amount() {
    const auto qualifier = static_cast<Qualifier>(*rc::gen::inRange(0, 8));
    if (qualifier == Qualifier::undisclosed) return Amount::undisclosed();
    const auto number = [] {
        return StatedNumber{
            Decimal::of_coefficient(*rc::gen::inRange<std::int64_t>(0, 100), -*rc::gen::inRange(0, 2)),
            Magnitude::million};
    };
    const Currency currency = Currency::iso(*rc::gen::element(std::string("USD"), std::string("EUR")));
    if (qualifier != Qualifier::between) return {Quantity(qualifier, number()), currency};
    const StatedNumber low = number();
    const StatedNumber high = number();
    return {Quantity::between(low, high.value() < low.value() ? low : high), currency};
}

// Dates of one year at all precisions, so that they often meet the day of the question.
PartialDate any_claimed_date() {
    const int month = *rc::gen::inRange(1, 13);
    switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return PartialDate::year(*rc::gen::inRange(2023, 2026));
        case 1:
            return PartialDate::quarter(2024, (month + 2) / 3);
        case 2:
            return PartialDate::month(2024, month);
        default:
            return PartialDate::day(2024, month, *rc::gen::inRange(1, 29));
    }
}

std::optional<PartialDate> perhaps_date() {
    return *rc::gen::inRange(0, 4) == 0 ? std::nullopt : std::optional(any_claimed_date());
}

// The claims on one round: closings, and a statement that may lack much.
std::vector<EntryContent> any_round(const std::string& handle) {
    RoundStatement statement{.round = handle};
    statement.closed = perhaps_date();
    if (*rc::gen::inRange(0, 4) != 0) statement.raised = any_claimed_amount();
    if (statement.raised && statement.raised->disclosed() && *rc::gen::inRange(0, 3) == 0) {
        const auto qualifier = static_cast<Qualifier>(*rc::gen::inRange(0, 6));
        const Amount converted(Quantity(qualifier, {Decimal(3), Magnitude::million}),
                               *statement.raised->currency());
        // A line that says surely more than `raised` is refused.
        const auto most = statement.raised->upper();
        if (!most || converted.lower() <= *most) statement.includes_conversions = converted;
    }
    if (*rc::gen::inRange(0, 6) == 0) statement.status = RoundStatus::rumoured;
    std::vector<EntryContent> contents{statement};
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        contents.emplace_back(Closing{.round = handle,
                                      .on = any_claimed_date(),
                                      .amount = any_claimed_amount(),
                                      .name = std::to_string(i)});
    }
    return contents;
}

Dossier dossier_of(const std::vector<std::vector<EntryContent>>& rounds) {
    Dossier dossier{.party = 1, .company = "xAI", .claims = {}};
    for (const auto& contents : rounds) {
        for (const EntryContent& content : contents) {
            dossier.claims.push_back({.entry = {.content = content},
                                      .id = {},
                                      .recorded = Timestamp::parse("2025-01-01T00:00:00Z"),
                                      .place = {{}, static_cast<std::int64_t>(dossier.claims.size()) + 1}});
        }
    }
    return dossier;
}

std::vector<std::vector<EntryContent>> any_rounds() {
    std::vector<std::vector<EntryContent>> rounds;
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
        rounds.push_back(any_round("round " + std::to_string(i)));
    return rounds;
}

std::vector<Total> total_of(const Dossier& dossier, const TotalOptions& options) {
    return total_raised(resolve(dossier, {}, {.as_of = options.as_of, .known_at = {}}), options);
}

std::string text_of(const std::vector<Total>& totals) {
    std::string text;
    for (const Total& total : totals) {
        for (const auto& money : {total.known, total.lower, total.upper})
            text += (money ? money->to_string() : "null") + " ";
        text += std::to_string(total.rounds) + " " + std::to_string(total.undisclosed) + "\n";
    }
    return text;
}

// The same with instruments, statuses, funds and business combinations.
std::vector<std::vector<EntryContent>> any_varied_rounds() {
    auto rounds = any_rounds();
    for (auto& contents : rounds) {
        auto& statement = std::get<RoundStatement>(contents.front());
        if (*rc::gen::arbitrary<bool>())
            statement.instrument = static_cast<Instrument>(*rc::gen::inRange(0, 8));
        if (*rc::gen::inRange(0, 4) == 0)
            statement.status = static_cast<RoundStatus>(*rc::gen::inRange(0, 5));
        if (*rc::gen::inRange(0, 4) == 0) statement.fund_type = "Hedge Fund";
        if (*rc::gen::inRange(0, 6) == 0) statement.business_combination = *rc::gen::arbitrary<bool>();
        for (std::size_t i = 1; i < contents.size(); ++i) {
            if (*rc::gen::inRange(0, 4) == 0)
                std::get<Closing>(contents[i]).instrument = static_cast<Instrument>(*rc::gen::inRange(0, 8));
        }
    }
    return rounds;
}

// The totals, what they leave out, and the findings.
std::string text_of(const Dossier& dossier, const Viewpoint& viewpoint) {
    const ResolvedCompany company = resolve(dossier, {}, viewpoint);
    const TotalOptions options{.as_of = viewpoint.as_of};
    std::string text = text_of(total_raised(company, options));
    for (const LeftOut& left : left_out(company, options)) {
        text += std::string(to_string(left.reason)) + " " + std::to_string(left.rounds) + " " +
                (left.amount ? left.amount->to_string() : "?") + "\n";
    }
    for (const Finding& finding : reconcile(dossier, {}, viewpoint)) {
        text += finding.round + " " + finding.message;
        for (const EntryId& id : finding.entries) text += " " + id.to_string();
        text += "\n";
    }
    return text;
}

using Sums = std::map<Currency, std::int64_t>;

// What counts and what is left out, together.
Sums counted_and_left_out(const ResolvedCompany& company, const TotalOptions& options) {
    Sums sums;
    for (const Total& total : total_raised(company, options)) {
        if (total.currency) sums[*total.currency] += total.known->minor();
    }
    for (const LeftOut& left : left_out(company, options)) {
        RC_ASSERT(!left.amount || left.amount->minor() >= 0);
        RC_ASSERT(left.rounds > 0);
        if (left.amount) sums[left.amount->currency()] += left.amount->minor();
    }
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return sums;
}

// What the rounds bring with all their days come, whatever their status.
Sums on_record(const ResolvedCompany& company) {
    Sums sums;
    for (const ResolvedRound& round : company.rounds) {
        for (const detail::Inflow& sum : detail::inflows_if_it_counts(round, {}).inflows)
            sums[sum.known.currency()] += sum.known.minor();
    }
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return sums;
}

}  // namespace

TEST_CASE("what counts and what is left out come to the same whatever is asked for") {
    CHECK(rc::check([] {
        auto rounds = any_varied_rounds();
        // What was converted is said beside what is on record where the round's money is in another currency.
        // Of a cancelled round the money that came may be, as closings alone count.
        for (auto& contents : rounds) {
            auto& statement = std::get<RoundStatement>(contents.front());
            if (statement.status == RoundStatus::cancelled) statement.includes_conversions.reset();
        }
        const Dossier dossier = dossier_of(rounds);
        const auto as_of = perhaps_date();
        const ResolvedCompany company = resolve(dossier, {}, {.as_of = as_of, .known_at = {}});
        const Sums all =
            counted_and_left_out(company, {.as_of = as_of, .instruments = InstrumentFilter::all()});
        const auto instrument = static_cast<Instrument>(*rc::gen::inRange(0, 8));
        const bool no_funds = *rc::gen::arbitrary<bool>();
        for (const InstrumentFilter& filter : {InstrumentFilter(), InstrumentFilter::only({instrument})}) {
            RC_ASSERT(counted_and_left_out(
                          company, {.as_of = as_of, .instruments = filter, .exclude_funds = no_funds}) ==
                      all);
        }
    }));
}

TEST_CASE("what counts and what is left out come to what is on record") {
    CHECK(rc::check([] {
        auto rounds = any_varied_rounds();
        // Of these more may have come than they bring with all their days come: a SAFE of undisclosed amount,
        // by what was converted, and a round that was cancelled, of which closings alone count.
        for (auto& contents : rounds) {
            auto& statement = std::get<RoundStatement>(contents.front());
            statement.includes_conversions.reset();
            if (statement.status == RoundStatus::cancelled) statement.status.reset();
        }
        const Dossier dossier = dossier_of(rounds);
        const ResolvedCompany company = resolve(dossier);
        RC_ASSERT(counted_and_left_out(company, {}) == on_record(company));
    }));
}

TEST_CASE("what is known lies within the bounds, and no more is undisclosed than counts") {
    CHECK(rc::check([] {
        const auto as_of = perhaps_date();
        for (const Total& total : total_of(dossier_of(any_rounds()), {.as_of = as_of})) {
            // Only as of a day there may be a sum of which nothing has surely come.
            RC_ASSERT(total.rounds > 0 || (as_of && total.known && total.known->minor() == 0));
            RC_ASSERT(total.undisclosed <= total.rounds);
            RC_ASSERT(total.currency.has_value() == total.known.has_value());
            if (!total.known) {
                RC_ASSERT(total.rounds == total.undisclosed);
                continue;
            }
            RC_ASSERT(total.lower->minor() >= 0);
            RC_ASSERT(*total.lower <= *total.known);
            if (total.upper) RC_ASSERT(*total.known <= *total.upper);
            if (total.undisclosed != 0) RC_ASSERT_FALSE(total.upper.has_value());
        }
    }));
}

TEST_CASE("an undisclosed round opens every total above and changes nothing else") {
    CHECK(rc::check([] {
        auto rounds = any_rounds();
        const TotalOptions options{.as_of = perhaps_date()};
        std::vector<Total> expected = total_of(dossier_of(rounds), options);
        RC_PRE(!expected.empty());
        for (Total& total : expected) {
            total.upper.reset();
            ++total.rounds;
            ++total.undisclosed;
        }
        rounds.push_back({RoundStatement{.round = "another", .closed = PartialDate::year(2000)}});
        std::vector<Total> totals = total_of(dossier_of(rounds), options);
        // A currency that no round surely brings appears with nothing known when an undisclosed round may be
        // in it.
        for (auto* list : {&totals, &expected}) {
            std::erase_if(*list, [](const Total& total) { return total.rounds == total.undisclosed; });
        }
        RC_ASSERT(text_of(totals) == text_of(expected));
    }));
}

TEST_CASE("the totals of the rounds, one by one, add up to the total") {
    CHECK(rc::check([] {
        const auto rounds = any_rounds();
        const TotalOptions options{.as_of = perhaps_date()};
        struct Sum {
            std::int64_t known = 0;
            std::int64_t lower = 0;
            std::optional<std::int64_t> upper = 0;
            std::int64_t rounds = 0;
        };
        std::map<std::string, Sum, std::less<>> sums;
        for (const auto& round : rounds) {
            for (const Total& total : total_of(dossier_of({round}), options)) {
                if (!total.known) continue;
                Sum& sum = sums[std::string(total.currency->code())];
                sum.known += total.known->minor();
                sum.lower += total.lower->minor();
                sum.upper = total.upper && sum.upper ? std::optional(*sum.upper + total.upper->minor())
                                                     : std::nullopt;
                sum.rounds += total.rounds - total.undisclosed;
            }
        }
        for (const Total& total : total_of(dossier_of(rounds), options)) {
            if (!total.currency) continue;
            const Sum& sum = sums[std::string(total.currency->code())];
            RC_ASSERT(total.known->minor() == sum.known);
            RC_ASSERT(total.lower->minor() == sum.lower);
            RC_ASSERT(total.rounds - total.undisclosed == sum.rounds);
            // With an as-of date, the upper bound also covers rounds that do not count by themselves.
            if (!options.as_of && total.upper) RC_ASSERT(total.upper->minor() == sum.upper);
        }
    }));
}

TEST_CASE("neither the order of the claims nor that of the rounds matters") {
    CHECK(rc::check([] {
        auto rounds = any_rounds();
        const TotalOptions options{.as_of = perhaps_date()};
        const std::string expected = text_of(total_of(dossier_of(rounds), options));
        Dossier dossier = dossier_of(rounds);
        for (std::size_t i = dossier.claims.size(); i > 1; --i) {
            std::swap(dossier.claims[i - 1], dossier.claims[*rc::gen::inRange<std::size_t>(0, i)]);
        }
        RC_ASSERT(text_of(total_of(dossier, options)) == expected);
        std::reverse(rounds.begin(), rounds.end());
        RC_ASSERT(text_of(total_of(dossier_of(rounds), options)) == expected);
    }));
}

TEST_CASE("the order of arrival at one time never matters") {
    const auto source = [](SourceType type, std::string_view published) {
        Source content{.id = std::string(to_string(type)), .type = type};
        content.published = PartialDate::parse(published);
        return std::make_shared<const Source>(std::move(content));
    };
    const std::vector<std::shared_ptr<const Source>> sources{
        nullptr, source(SourceType::filing, "2024-03-01"), source(SourceType::company, "2024-05"),
        source(SourceType::press, "2024"), source(SourceType::rumour, "2024-02-01")};
    CHECK(rc::check([&] {
        // Two lines a round, so that claims compete.
        auto rounds = any_varied_rounds();
        for (auto again = any_varied_rounds(); auto& contents : again) rounds.push_back(std::move(contents));
        Dossier dossier = dossier_of(rounds);
        std::uint8_t number = 0;
        for (Claim& claim : dossier.claims) {
            std::array<std::uint8_t, 32> id{};
            id[0] =
                static_cast<std::uint8_t>(*rc::gen::inRange(0, 256));  // no order of theirs shows in the ids
            id[31] = ++number;
            claim.id = EntryId{id};
            claim.source = *rc::gen::elementOf(sources);
        }
        const Viewpoint viewpoint{.as_of = perhaps_date(), .known_at = {}};
        const auto answers = [&] {
            for (std::size_t i = 0; i < dossier.claims.size(); ++i)
                dossier.claims[i].place = {{}, static_cast<std::int64_t>(i) + 1};
            return text_of(dossier, viewpoint);
        };
        const std::string expected = answers();
        for (std::size_t i = dossier.claims.size(); i > 1; --i)
            std::swap(dossier.claims[i - 1], dossier.claims[*rc::gen::inRange<std::size_t>(0, i)]);
        RC_ASSERT(answers() == expected);
    }));
}

TEST_CASE("a later day never knows of fewer rounds") {
    CHECK(rc::check([] {
        const auto rounds = any_rounds();
        PartialDate earlier = any_claimed_date();
        PartialDate later = any_claimed_date();
        if (later.last_day() < earlier.last_day()) std::swap(earlier, later);
        const auto disclosed = [&](const PartialDate& day) {
            std::map<std::string, std::int64_t, std::less<>> known;
            for (const Total& total : total_of(dossier_of(rounds), {.as_of = day})) {
                if (total.currency) known[std::string(total.currency->code())] = total.known->minor();
            }
            return known;
        };
        auto then = disclosed(later);
        for (const auto& [code, known] : disclosed(earlier)) RC_ASSERT(known <= then[code]);
    }));
}

// As total_raised has them.
std::vector<Total> totals_of(const detail::TotalSums<detail::Int128>& sums) {
    std::vector<Total> totals;
    for (const auto& [currency, sum] : sums.by_currency)
        totals.push_back(detail::total_of(*detail::in_money(sum, currency), sums));
    if (totals.empty() && sums.bringing != 0)
        totals.push_back({{}, {}, {}, {}, sums.undisclosed, sums.undisclosed, 0});
    return totals;
}

TEST_CASE("the totals of one day after another are those of each day by itself") {
    CHECK(rc::check([] {
        auto rounds = any_varied_rounds();
        for (auto& contents : rounds) {
            if (*rc::gen::inRange(0, 2) == 0)
                std::get<RoundStatement>(contents.front()).on = any_claimed_date();
        }
        const Dossier dossier = dossier_of(rounds);
        const InstrumentFilter filter =
            *rc::gen::arbitrary<bool>() ? InstrumentFilter::all() : InstrumentFilter();
        std::set<date::sys_days> days;
        for (int i = 0; i < 8; ++i) days.insert(any_claimed_date().last_day());
        const detail::RoundLinks links(dossier);
        detail::TotalsInTime in_time(dossier, links, {}, filter);
        for (const date::sys_days day : days) {
            const TotalOptions options{.as_of = PartialDate::day(day), .instruments = filter};
            RC_ASSERT(text_of(totals_of(in_time.on(day))) == text_of(total_of(dossier, options)));
        }
    }));
}

TEST_CASE("between two turning days no total changes") {
    CHECK(rc::check([] {
        auto rounds = any_rounds();
        for (auto& contents : rounds) {
            if (*rc::gen::inRange(0, 2) == 0)
                std::get<RoundStatement>(contents.front()).on = any_claimed_date();
        }
        const Dossier dossier = dossier_of(rounds);
        const std::vector<TurningDay> turns = turning_days(dossier);
        const auto day = any_claimed_date().last_day();
        const auto total_on = [&](date::sys_days on) {
            return text_of(total_of(dossier, {.as_of = PartialDate::day(on)}));
        };
        const auto next =
            std::find_if(turns.begin(), turns.end(), [&](const TurningDay& turn) { return turn.day > day; });
        if (next == turns.begin()) {
            RC_ASSERT(total_on(day).empty());
        } else {
            const auto last = std::prev(next);
            RC_ASSERT(total_on(day) == total_on(last->day));
            // Until another claim begins to hold, the earlier resolution holds.
            if (last->claims || last == turns.begin()) return;
            const PartialDate then = PartialDate::day(last->day);
            ResolvedCompany before =
                resolve(dossier, {}, {.as_of = PartialDate::day(std::prev(last)->day), .known_at = {}});
            before.viewpoint.as_of = then;  // it is for the day after all
            RC_ASSERT(text_of(total_raised(before, {.as_of = then})) == total_on(last->day));
        }
    }));
}
