// The rows of a ledger's lists: companies, investors, rounds, sources, league tables and what a search finds.
// Plain values, which know no ledger.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/answer/total.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/fact/party.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/fact/source.hpp"
#include "postmoney/fact/valuation.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

// A company: a party that has a round.
struct CompanySummary {
    std::int64_t party = 0;
    std::string name;
    std::string country;  // the two may be empty
    std::string market;
    std::int64_t rounds = 0;   // all that are on record, as of a day all that may have begun
    std::int64_t counted = 0;  // those of them of which totals take something
    // The latest date of one that is neither rumoured nor cancelled, by its last day.
    std::optional<PartialDate> last_round;
    // What it raised, one total a currency; null where that cannot be told: beyond 64 bits, or without a
    // rate.
    std::optional<std::vector<Total>> raised;

    friend bool operator==(const CompanySummary&, const CompanySummary&) = default;
};

// An investor: a party that is said to take part in a round. Rounds that are rumoured or cancelled are not
// among those that it took part in, so that there may be none.
struct InvestorSummary {
    std::int64_t party = 0;
    std::string name;
    std::string type;  // the two may be empty
    std::string country;
    std::int64_t rounds = 0;     // that it took part in
    std::int64_t companies = 0;  // whose rounds these are
    std::int64_t led = 0;        // of the rounds
    std::optional<PartialDate> last_round;

    friend bool operator==(const InvestorSummary&, const InvestorSummary&) = default;
};

struct RoundSummary {
    std::int64_t party = 0;  // the company's
    std::string company;
    std::string round;  // the handle
    std::string name;   // the two may be empty
    std::string stage;
    std::optional<RoundStatus> status;  // see ResolvedRound::state
    std::optional<Instrument> instrument;
    std::optional<PartialDate> date;        // see ResolvedRound::date
    std::optional<Amount> raised;           // null where nobody says anything of it
    std::string raised_source;              // the id of its source; may be empty
    std::optional<SourceType> source_type;  // of that source, as it stands
    std::optional<std::int64_t> investors;  // how many are declared
    std::int64_t named_investors = 0;
    std::optional<Amount> valuation;  // see RoundValuation
    bool counts = false;              // whether totals take something of it

    friend bool operator==(const RoundSummary&, const RoundSummary&) = default;
};

// Which rounds a list takes; what is not given leaves nothing out.
struct RoundFilter {
    std::string company = {};  // the two by any name or id
    std::string investor = {};
    std::string stage = {};
    std::optional<Instrument> instrument = {};
    // By the round's date: from the first day of `from` to the last day of `to`, both inclusive. A date that
    // is not wholly within is left out, as is a round without a date.
    std::optional<PartialDate> from = {};
    std::optional<PartialDate> to = {};
    std::optional<Money> min = {};               // raised at least this, in this currency
    std::optional<SourceType> source_type = {};  // of the amount raised that is used
    bool without_source = false;                 // the amount raised that is used names no source

    friend bool operator==(const RoundFilter&, const RoundFilter&) = default;
};

// A source as it stands.
struct SourceSummary {
    Source source;
    std::int64_t entries = 0;  // that name it and stand

    friend bool operator==(const SourceSummary&, const SourceSummary&) = default;
};

// What is put in order of what: companies by what they raised, investors by the rounds that they took part
// in. Of those count what is neither rumoured nor cancelled, as of a day what has surely come by then.
enum class LeagueOf : std::uint8_t { company, investor };

template <>
struct detail::Words<LeagueOf> {
    static constexpr std::array<std::string_view, 2> values{"company", "investor"};
};

// Which money a league table counts: that of a year, of rounds of a stage, of companies in a market. What is
// not given leaves nothing out. Stages and markets are the sources' own words, compared letter by letter:
// "Series A" is another stage than "series-a".
struct LeagueQuery {
    LeagueOf of = LeagueOf::company;
    std::optional<int> year = {};
    std::string stage = {};
    std::string market = {};

    friend bool operator==(const LeagueQuery&, const LeagueQuery&) = default;
};

// One place in a league table. A company has one a currency; an investor has one, with a total where what it
// put in is in one currency.
struct LeaguePlace {
    std::int64_t party = 0;
    std::string name;
    std::int64_t rounds = 0;
    std::int64_t led = 0;  // of an investor's rounds
    // Rounds whose money is not in the total: undisclosed, of an investor who put in several currencies, or,
    // with a currency to convert to, without a rate.
    std::int64_t untold = 0;
    std::optional<Money> total;   // null where there is none to tell, or beyond 64 bits
    std::optional<Money> median;  // of the rounds in the total, rounded half-even to the minor unit

    friend bool operator==(const LeaguePlace&, const LeaguePlace&) = default;
};

// What a search can find.
enum class MatchKind : std::uint8_t { party, round, source, remark };

template <>
struct detail::Words<MatchKind> {
    static constexpr std::array<std::string_view, 4> values{"party", "round", "source", "remark"};
};

// Something that has all the words of a search.
struct Match {
    MatchKind kind = MatchKind::party;
    std::string name;  // of the party, or that the remark is about; the round's handle, the source's id
    std::string text;  // where the words are: the name or alias, the round's name, the title, the remark
    // How well it fits: 0 the text is what was asked for, 1 it begins so, 2 every word begins one of its
    // words, 3 every word is in it.
    int rank = 0;

    friend bool operator==(const Match&, const Match&) = default;
};

// What a company was last said to be worth.
struct StandingValuation {
    Valuation valuation;  // with its basis, amount and date
    std::string round;    // the handle; empty of a valuation that names no round
    std::string source;   // the id of who says so; may be empty
    EntryId entry;

    friend bool operator==(const StandingValuation&, const StandingValuation&) = default;
};

// What is other than it was. One of the two texts is null where a thing came or went.
struct Change {
    // "total", "round", "closing", "participation", "latest valuation", "valuation" (of no round), "split",
    // "stated total", "metric" or "finding".
    std::string subject;
    // Which of them: the currency; the round's handle, followed by the tranche or the investor; the series;
    // the basis, the metric and the date; the finding's code and round. Of several that are called the same
    // all but the first have a number behind it.
    std::string name;
    std::string field;  // of the subject; empty where the whole of it came or went
    std::optional<std::string> before;
    std::optional<std::string> after;

    friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
