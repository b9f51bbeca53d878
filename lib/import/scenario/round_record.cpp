#include <algorithm>

#include "base/refusal.hpp"
#include "base/sha256.hpp"
#include "postmoney/import/scenario.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"

namespace postmoney {

namespace {

// The places that share_count.hpp and price_per_share.hpp have.
constexpr std::int32_t stated_places = 10;

// A word of a handle: lower-case, a hyphen for what is neither letter nor digit; what is beyond ASCII stays.
[[nodiscard]] std::string handle_of(std::string_view text) {
    std::string handle;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool kept = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ||
                          static_cast<unsigned char>(lower) >= 0x80;
        if (kept) handle += lower;
        if (!kept && !handle.empty() && handle.back() != '-') handle += '-';
    }
    if (!handle.empty() && handle.back() == '-') handle.pop_back();
    return handle;
}

// The number where it has at most ten places.
[[nodiscard]] Decimal stated_number(const Ratio& value, const char* field, const std::string& what,
                                    const char* expected) {
    const Decimal rounded = value.to_decimal(stated_places, Rounding::half_even);
    if (Ratio(rounded) == value) return rounded.normalized();
    throw Error::refused(ErrorCode::inexact, model::said(value),
                         what + " of at most 10 places, which is what is issued: expected " + expected)
        .in_field(field);
}

[[nodiscard]] ShareCount issued_shares(const Ratio& shares, const std::string& whose) {
    return ShareCount(stated_number(shares, "share_mode", "shares of " + whose,
                                    "a rounding of shares in the scenario, such as \"floor\""));
}

// In whole minor units: `about` in front of what was rounded to them.
[[nodiscard]] Amount money_amount(const Ratio& value, const Currency& currency) {
    const Decimal rounded = value.to_decimal(currency.decimals(), Rounding::half_even);
    Currencies known;
    return Amount::parse((Ratio(rounded) == value ? "" : "about ") + model::number_text(Ratio(rounded)) +
                             " " + std::string(currency.code()),
                         known);
}

// Makes the entries of a round, all of one source.
class RoundRecorder {
  public:
    RoundRecorder(const model::RoundScenario& scenario, const model::RoundOutcome& outcome)
        : scenario_(scenario), outcome_(outcome) {}

    [[nodiscard]] ModelledRound run(std::string_view text) {
        check();
        round_ = scenario_.round.handle.empty() ? handle_of(scenario_.company + " " + scenario_.round.name)
                                                : scenario_.round.handle;
        add_source(text);
        add_round();
        add_valuation(outcome_.pre_money, ValuationBasis::pre_money);
        add_valuation(outcome_.post_money, ValuationBasis::post_money);
        add_participations();
        say_what_is_left();
        return std::move(made_);
    }

  private:
    void check() const;
    void add_source(std::string_view text);
    void add_round();
    void add_valuation(const std::optional<Ratio>& amount, ValuationBasis basis);
    void add_participations();
    void say_what_is_left();
    void add(EntryContent content, std::optional<std::string> note = {}) {
        Entry entry;
        entry.source = source_;
        entry.note = std::move(note);
        entry.content = std::move(content);
        made_.entries.push_back(std::move(entry));
    }
    [[nodiscard]] PartialDate day() const { return PartialDate::day(*scenario_.date); }

    const model::RoundScenario& scenario_;
    const model::RoundOutcome& outcome_;
    std::string round_;
    std::string source_;
    ModelledRound made_;
};

void RoundRecorder::check() const {
    const auto missing = [](const char* field, const char* expected) {
        throw Error(ErrorCode::missing_field,
                    "missing, expected " + std::string(expected) + ", to record the round")
            .in_field(field);
    };
    if (scenario_.company.empty()) missing("company", "the name of the company");
    if (!scenario_.date) missing("date", "the day of the closing");
    if (scenario_.round.name == model::unnamed_round) missing("round.name", "the name of the round");
    if (!outcome_.price) missing("round", "terms that give a price");
    if (scenario_.round.split) {
        throw Error(ErrorCode::misuse,
                    "a split on the day of its round cannot be carried, expected it as an entry of its own "
                    "on a day before, and holdings after it")
            .in_field("round.split");
    }
}

// The source's id begins as the SHA-256 of the scenario's very text.
void RoundRecorder::add_source(std::string_view text) {
    const detail::Sha256::Bytes hash = detail::Sha256()(text);
    HexBytes<8, RoundRecorder> beginning;
    std::copy_n(hash.begin(), beginning.bytes.size(), beginning.bytes.begin());
    source_ = "scenario-" + beginning.to_string();
    Source source;
    source.id = source_;
    source.type = SourceType::company;
    source.title = scenario_.title.empty() ? scenario_.company + ", " + scenario_.round.name + ": a scenario"
                                           : scenario_.title;
    source.published = day();
    Entry entry;
    entry.content = std::move(source);
    made_.entries.push_back(std::move(entry));
}

void RoundRecorder::add_round() {
    RoundStatement round;
    round.round = round_;
    round.company = scenario_.company;
    round.name = scenario_.round.name;
    round.status = RoundStatus::closed;
    round.instrument = Instrument::equity;
    round.closed = day();
    detail::within_field("round.new_money",
                         [&] { round.raised = money_amount(outcome_.new_money, scenario_.currency); });
    round.price_per_share =
        PricePerShare(stated_number(*outcome_.price, "price_places", "a price",
                                    "a rounding of prices in the scenario, such as \"4\""),
                      scenario_.currency);
    round.shares_issued = issued_shares(outcome_.new_shares, "the round");
    round.security_class = scenario_.round.name;
    add(std::move(round));
}

void RoundRecorder::add_valuation(const std::optional<Ratio>& amount, ValuationBasis basis) {
    if (!amount) return;
    Valuation valuation;
    valuation.company = scenario_.company;
    valuation.amount = money_amount(*amount, scenario_.currency);
    valuation.basis = basis;
    valuation.on = day();
    valuation.round = round_;
    add(std::move(valuation));
}

// One a holder, as who took part is one fact: what it bought and what it got for SAFEs and notes together.
void RoundRecorder::add_participations() {
    struct Got {
        std::string holder;
        std::optional<Ratio> amount;
        Ratio shares;
        std::string note;
    };
    std::vector<Got> all;
    const auto of = [&](const std::string& holder) -> Got& {
        for (Got& each : all) {
            if (each.holder == holder) return each;
        }
        return all.emplace_back(Got{holder, {}, {}, {}});
    };
    for (const model::Purchase& each : outcome_.purchases) {
        if (!each.named) {
            made_.not_recorded.push_back("who buys " + model::said(each.shares) + " shares for " +
                                         model::said(each.amount) + ": the scenario names nobody");
            continue;
        }
        Got& got = of(each.holder);
        got.amount = each.amount;
        got.shares = got.shares + each.shares;
    }
    for (const model::Conversion& each : outcome_.conversions) {
        if (each.holder == each.id) {
            made_.not_recorded.push_back("who gets the " + model::said(each.shares) + " shares that " +
                                         each.id + " converts into: the scenario names no holder");
            continue;
        }
        Got& got = of(each.holder);
        got.shares = got.shares + each.shares;
        got.note += (got.note.empty() ? "" : "; ") + each.id + ": " + model::said(each.amount) +
                    " converts into " + model::said(each.shares) + " shares of " + each.class_name + " at " +
                    model::said(each.price);
    }
    for (Got& got : all) {
        if (got.shares.is_zero()) continue;
        Participation made;
        made.round = round_;
        made.investor = got.holder;
        if (got.amount && !got.amount->is_zero()) made.amount = money_amount(*got.amount, scenario_.currency);
        made.shares = issued_shares(got.shares, got.holder);
        add(std::move(made), got.note.empty() ? std::nullopt : std::optional(std::move(got.note)));
    }
}

void RoundRecorder::say_what_is_left() {
    const auto left = [&](const std::string& what) { made_.not_recorded.push_back(what); };
    for (const model::Conversion& each : outcome_.conversions) {
        if (each.class_name != scenario_.round.name)
            left("that the shares of " + each.id + " are a class of their own, " + each.class_name + " at " +
                 model::said(each.price) + ": they count among " + scenario_.round.name);
    }
    if (outcome_.pool_increase.sign() > 0)
        left("the pool's increase of " + model::said(outcome_.pool_increase) + " shares");
    for (const model::Adjustment& each : outcome_.adjustments)
        left("the conversion price of " + each.class_name + ", adjusted from " + model::said(each.from) +
             " to " + model::said(each.to));
    for (const model::PlayedHolder& each : outcome_.pay_to_play) {
        if (!each.converted.is_zero())
            left(model::said(each.converted) + " shares of " + each.class_name + " of " + each.holder +
                 " that become " + model::said(each.common) + " common");
    }
    for (const model::SecondarySale& each : scenario_.round.secondary)
        left("the sale of " + model::said(each.shares) + " shares by " + each.from + " to " + each.to);
}

}  // namespace

ModelledRound record_of_round(const model::RoundScenario& scenario, const model::RoundOutcome& outcome,
                              std::string_view text) {
    return RoundRecorder(scenario, outcome).run(text);
}

}  // namespace postmoney
