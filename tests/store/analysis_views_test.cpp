// The views for analysts, on a ledger of made-up companies, give what the C++ calls give; and those that
// promise an indexed answer have one.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "analysis_oracle.hpp"
#include "fixtures.hpp"
#include "generated_ledger.hpp"

using namespace store_test;

namespace {

// Whether the claim states a figure or a date of the kind that the claims views show.
bool is_in_view(const Claim& claim) {
    if (const auto* round = claim.as<RoundStatement>()) {
        return round->raised || round->offered || round->includes_conversions || round->minimum_investment ||
               round->investors || round->name || round->stage || round->status || round->instrument ||
               round->announced || round->closed || round->first_sale || round->filed ||
               round->use_of_proceeds;
    }
    return claim.as<Closing>() != nullptr || claim.as<Participation>() != nullptr ||
           claim.as<Valuation>() != nullptr || claim.as<StatedTotal>() != nullptr ||
           claim.as<Metric>() != nullptr;
}

std::string scans_of(Sql& sql, const std::string& query) {
    std::string scans;
    for (const std::string& row : sql.rows("EXPLAIN QUERY PLAN " + query)) {
        const std::string step = row.substr(row.rfind('|') + 1);
        if (step.starts_with("SCAN")) scans += step + "; ";
    }
    return scans;
}

}  // namespace

TEST_CASE("the units that amounts are printed in are those of the library, and the ledger's own") {
    Sql sql(generated().path());
    std::vector<std::string> expected{"GEM|3|1000|%d.%03d|null|null"};
    for (const Currency& currency : iso_currencies()) {
        const std::string decimals = std::to_string(currency.decimals());
        expected.push_back(std::string(currency.code()) + "|" + decimals + "|1" +
                           std::string(static_cast<std::size_t>(currency.decimals()), '0') + "|" +
                           (currency.decimals() == 0 ? "%d" : "%d.%0" + decimals + "d") + "|" +
                           (withdrawn(currency) ? withdrawn(currency)->to_string() : "null") + "|" +
                           (replaced_by(currency) ? std::string(replaced_by(currency)->code()) : "null"));
    }
    CHECK(sql.rows(
              "SELECT code, decimals, minor_per_unit, format, withdrawn_in, replaced_by FROM currency_unit "
              "ORDER BY code") == sorted(expected));
}

TEST_CASE("printed amounts are those of the library") {
    Sql sql(generated().path());
    const Currencies known = generated().ledger.currencies();
    const auto check = [&](const std::string& minor, const std::string& currency, const std::string& decimal,
                           const std::string& view, std::size_t more_than = 10) {
        std::size_t count = 0;
        for (const std::string& row :
             sql.rows("SELECT " + minor + ", " + currency + ", " + decimal + " FROM " + view + " WHERE " +
                      minor + " IS NOT NULL AND " + currency + " IS NOT NULL")) {
            const std::size_t first = row.find('|');
            const std::size_t second = row.find('|', first + 1);
            const Money money(std::stoll(row.substr(0, first)),
                              known.get(row.substr(first + 1, second - first - 1)));
            CHECK_MESSAGE(row.substr(second + 1) == money.amount_string(), (view + ": " + row));
            ++count;
        }
        CHECK_MESSAGE(count > more_than, view);
    };
    check("raised_minor", "raised_currency", "raised_decimal", "rounds");
    check("valuation_minor", "valuation_currency", "valuation_decimal", "rounds");
    check("known_minor", "currency", "known_decimal", "total_raised");
    check("minor", "currency", "decimal", "claims");
    check("minor", "currency", "decimal", "inflows");
    check("amount_minor", "amount_currency", "amount_decimal", "participations");
    check("difference_minor", "amount_currency", "difference_decimal", "stated_totals");
    check("last_minor", "last_currency", "last_decimal", "valuation_steps", 0);
}

TEST_CASE("inflows add up to the totals, by company, year, quarter and market") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    CHECK(sorted(sql.rows(
              "SELECT company, currency, sum(minor) FROM inflows WHERE currency IS NOT NULL GROUP BY "
              "1, 2")) == totals_at(ledger, {}));
    CHECK(sorted(sql.rows(
              "SELECT company, currency, known_minor FROM total_raised WHERE currency IS NOT NULL")) ==
          totals_at(ledger, {}));
    CHECK(sql.rows(
              "SELECT currency, companies, known_minor FROM raised_by_currency WHERE currency IS NOT NULL") ==
          sql.rows(
              "SELECT currency, count(DISTINCT company), sum(minor) FROM inflows WHERE currency IS NOT NULL "
              "GROUP BY 1 ORDER BY 1"));
    using Inflow = detail::Inflow;
    CHECK(sorted(sql.rows(
              "SELECT year, currency, known_minor FROM raised_by_year WHERE currency IS NOT NULL")) ==
          rows_of(sum_inflows(ledger, [](const PartyProfile&, const Inflow& inflow) {
              return inflow.date ? inflow.date->to_string().substr(0, 4) : "null";
          })));
    CHECK(sorted(sql.rows(
              "SELECT quarter, currency, known_minor FROM raised_by_quarter WHERE currency IS NOT NULL")) ==
          rows_of(sum_inflows(
              ledger, [](const PartyProfile&, const Inflow& inflow) { return quarter_of(inflow.date); })));
    CHECK(sorted(sql.rows("SELECT market, currency, known_minor FROM raised_by_market WHERE currency IS NOT "
                          "NULL")) ==
          rows_of(sum_inflows(ledger,
                              [](const PartyProfile& company, const Inflow&) { return company.market; })));
    CHECK(sql.cell("SELECT sum(undisclosed) FROM (SELECT company, max(undisclosed) AS undisclosed FROM "
                   "total_raised GROUP BY 1)") ==
          sql.cell("SELECT count(*) FROM inflows WHERE currency IS NULL"));
}

TEST_CASE("an inflow goes by the handle of its round, whichever notice its closing or conversion names") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, R"({"kind":"round","round":"a-1","company":"Acme","announced":"2024"}
{"kind":"round","round":"a-2","company":"Acme","amends":"a-1"}
{"kind":"closing","round":"a-2","on":"2024-02-01","amount":"2 million USD","name":"first"}
{"kind":"round","round":"b-1","company":"Acme","raised":"5 million USD","closed":"2024-Q2"}
{"kind":"round","round":"b-2","company":"Acme","amends":"b-1","includes_conversions":"1 million USD"}
)");
    Sql sql(folder / "l.db");
    CHECK(sql.rows("SELECT round, closing, date, valid_from, decimal FROM inflows ORDER BY round") ==
          std::vector<std::string>{"a-1|first|2024-02-01|2024-02-01|2000000.00",
                                   "b-1|null|2024-Q2|2024-06-30|4000000.00"});
}

TEST_CASE("what a company had raised by each day") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    for (const char* day :
         {"2009-12-31", "2012-03-31", "2013-12-31", "2015-06-15", "2018-12-31", "2030-01-01"}) {
        Viewpoint viewpoint;
        viewpoint.as_of = PartialDate::parse(day);
        const std::string in_force = std::string(" WHERE currency IS NOT NULL AND valid_from <= '") + day +
                                     "' AND valid_to > '" + day + "'";
        CHECK_MESSAGE(sorted(sql.rows("SELECT company, currency, known_minor FROM total_raised_over_time" +
                                      in_force)) == totals_at(ledger, viewpoint),
                      day);
    }
}

TEST_CASE("the shipped script shows the past to a plain client") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    REQUIRE(sql.run(read_file(POSTMONEY_SOURCE_DIR "/schema/as_of.sql")).empty());
    for (const char* known_at : {"", "2024-01-01T03:00:00Z", "2024-01-01T12:34:00.5Z"}) {
        for (const char* day : {"", "2012-03-31", "2015-12-31", "2018-06-30"}) {
            Viewpoint viewpoint;
            if (*day != 0) viewpoint.as_of = PartialDate::parse(day);
            if (*known_at != 0) viewpoint.known_at = Timestamp::parse(known_at);
            REQUIRE(sql.run(std::string("UPDATE as_of SET day = nullif('") + day +
                            "', ''), known_at = nullif('" + known_at + "', '')")
                        .empty());
            const std::string point = std::string(day) + " " + known_at;
            CHECK_MESSAGE(
                sorted(sql.rows("SELECT company, currency, known_minor FROM total_raised_as_of WHERE "
                                "currency IS NOT NULL")) == totals_at(ledger, viewpoint),
                point);
            std::size_t claims = 0;
            for (int i = 0; i < companies; ++i) {
                try {
                    for (const Claim& claim : ledger.claims(name_of(i), viewpoint))
                        claims += is_in_view(claim) ? 1U : 0U;
                } catch (const Error&) {  // the company was not on record yet
                }
            }
            CHECK_MESSAGE(
                sql.cell("SELECT count(DISTINCT entry) FROM claims_as_of") == std::to_string(claims), point);
        }
    }
    for (const char* wrong : {"known_at = 'yesterday'", "known_at = '2024-01-01'", "day = '2024-12'",
                              "day = '2024-02-30'", "day = 'x'"}) {
        CHECK_MESSAGE(
            sql.run(std::string("UPDATE as_of SET ") + wrong).starts_with("CHECK constraint failed"), wrong);
    }
}

TEST_CASE("when each claim stood, as intervals") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    for (const char* text : {"2024-01-01T03:00:00Z", "2024-01-01T12:00:00Z", "2024-01-03T00:00:00Z"}) {
        const Timestamp time = Timestamp::parse(text);
        const std::string number = std::to_string(time.microseconds());
        std::vector<std::string> standing;
        ledger.for_each_entry(
            [&](const LogEntry& entry) {
                if (entry.stands) standing.push_back(std::to_string(entry.place.seq));
            },
            time);
        CHECK_MESSAGE(sql.rows("SELECT entry FROM entries_known WHERE known_from <= " + number +
                               " AND known_to > " + number + " ORDER BY entry") == standing,
                      text);
    }
    CHECK(sql.cell("SELECT count(*) FROM claims_known WHERE known_to = 253402300799999999") ==
          sql.cell("SELECT count(*) FROM claims WHERE stands"));
}

TEST_CASE("valuations over time, with growth and step-up") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    std::vector<std::string> expected;
    for (int i = 0; i < companies; ++i) {
        const Dossier dossier = ledger.dossier(name_of(i));
        const ResolvedCompany company = resolve(dossier);
        const std::vector<RoundFigures> figures = figures_of(company);
        for (std::size_t r = 0; r < figures.size(); ++r) {
            const RoundFigures& figure = figures[r];
            if (!figure.valuation && !company.rounds[r].pre_money) continue;
            const auto four = [](const auto& ratio) {
                return ratio ? ratio->to_decimal(4, Rounding::half_even).to_string() : "null";
            };
            expected.push_back(
                company.company + "|" + company.rounds[r].handle + "|" +
                (figure.valuation ? figure.valuation->value.number().amount_string() : "null") + "|" +
                four(figure.growth) + "|" + four(figure.step_up));
        }
    }
    CHECK(expected.size() > 30);
    CHECK(
        sorted(sql.rows("SELECT company, round, valuation_decimal, growth, step_up FROM valuation_steps")) ==
        sorted(expected));
}

TEST_CASE("the latest valuation of each company, as the library tells it") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    std::vector<std::string> expected;
    for (int i = 0; i < companies; ++i) {
        const Dossier dossier = ledger.dossier(name_of(i));
        const ResolvedCompany company = resolve(dossier);
        const auto latest = latest_valuation(company);
        if (!latest) continue;
        const Valuation& valuation = latest->valuation();
        expected.push_back(
            company.company + "|" + (latest->round != nullptr ? latest->round->handle : "null") + "|" +
            std::string(to_string(valuation.basis)) + "|" + valuation.amount.to_string() + "|" +
            valuation.on.to_string() + "|" + latest->claim().entry.source.value_or("null"));
    }
    CHECK(expected.size() > 10);
    CHECK(sorted(sql.rows("SELECT company, round, basis, amount, on_date, source FROM latest_valuations")) ==
          sorted(expected));
}

TEST_CASE("what investors took part in, led, and with whom") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    std::vector<std::string> expected;
    std::vector<std::string> pairs;
    for (int i = 0; i < 40; ++i) {
        const std::string investor = "Fund " + std::to_string(i);
        std::vector<Investment> investments;
        try {
            investments = ledger.investments(investor);
        } catch (const Error& error) {  // it was never named
            REQUIRE(error.code() == ErrorCode::unknown_party);
        }
        for (const Investment& investment : investments) {
            expected.push_back(investor + "|" + investment.company + "|" + investment.round + "|" +
                               (investment.date ? investment.date->to_string() : "null") + "|" +
                               (investment.amount ? investment.amount->to_string() : "null") + "|" +
                               (investment.lead ? (*investment.lead ? "1" : "0") : "null"));
            for (const std::string& other : investment.co_investors)
                pairs.push_back(investor + "|" + other + "|" + investment.round);
        }
    }
    CHECK(expected.size() > 100);
    const auto found =
        sorted(sql.rows("SELECT investor, company, round, date, amount, lead FROM investments"));
    for (const std::string& row : sorted(expected)) {
        CHECK_MESSAGE(std::ranges::binary_search(found, row), row);
    }
    CHECK(found.size() == expected.size());
    CHECK(sorted(sql.rows("SELECT investor, co_investor, round FROM co_investors")) == sorted(pairs));
}

TEST_CASE("stated totals against the sums of then") {
    const Ledger& ledger = generated().ledger;
    Sql sql(generated().path());
    std::vector<std::string> expected;
    for (int i = 0; i < companies; ++i) {
        for (const Claim& claim : ledger.claims(name_of(i))) {
            const auto* stated = claim.as<StatedTotal>();
            if (stated == nullptr) continue;
            TotalQuery query;
            query.viewpoint.as_of = stated->on;
            std::int64_t computed = 0;
            for (const Total& total : ledger.total_raised(name_of(i), query)) {
                if (total.known && stated->amount.currency() == total.currency)
                    computed = total.known->minor();
            }
            const bool compared = stated->amount.disclosed();
            expected.push_back(name_of(i) + "|" + stated->on.to_string() + "|" + stated->amount.to_string() +
                               "|" + (compared ? std::to_string(computed) : "null"));
        }
    }
    CHECK(expected.size() > 20);
    CHECK(sorted(sql.rows("SELECT company, on_date, amount, computed_minor FROM stated_totals")) ==
          sorted(expected));
}

TEST_CASE("what has to agree within a round") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(
        ledger,
        R"({"kind":"round","round":"a","company":"Acme","raised":"10 million USD","offered":"12 million USD","investors":3,"announced":"2024"}
{"kind":"closing","round":"a","on":"2024-01-01","amount":"4 million USD"}
{"kind":"closing","round":"a","on":"2024-02-01","amount":"5.5 million USD"}
{"kind":"participation","round":"a","investor":"F","amount":"1 million USD"}
{"kind":"participation","round":"a","investor":"G","amount":"at least 2 million USD"}
{"kind":"participation","round":"a","investor":"H","amount":"7 million EUR"}
{"kind":"valuation","company":"Acme","round":"a","amount":"40 million USD","basis":"pre-money","on":"2024"}
{"kind":"valuation","company":"Acme","round":"a","amount":"51 million USD","basis":"post-money","on":"2024"}
)");
    Sql sql(folder / "l.db");
    CHECK(sql.cell(
              "SELECT raised_decimal, participations_decimal, closings_decimal, offered_decimal, investors, "
              "named_investors, pre_plus_new_money_decimal, post_money_decimal FROM round_checks") ==
          "10000000.00|3000000.00|9500000.00|12000000.00|3|3|50000000.00|51000000.00");
}

TEST_CASE("a sum beyond 64 bits is exact as text or an error, and never a number that is nearly right") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(
        ledger,
        R"({"kind":"round","round":"a","company":"Acme","raised":"90000 trillion USD","announced":"2024"}
{"kind":"round","round":"b","company":"Acme","raised":"90000 trillion USD","announced":"2024"}
)");
    Sql sql(folder / "l.db");
    CHECK(sql.cell("SELECT known_minor FROM total_raised") == "null");
    CHECK(sql.cell("SELECT known_minor FROM total_raised_over_time WHERE valid_to = '9999-12-31'") == "null");
    for (const char* view : {"raised_by_year", "raised_by_quarter", "raised_by_market"}) {
        CHECK_MESSAGE(sql.cell(std::string("SELECT known_minor, known_decimal FROM ") + view) ==
                          "null|180000000000000000.00",
                      view);
    }
    CHECK(sql.run("SELECT sum(raised_minor) FROM rounds") == "integer overflow");
}

TEST_CASE("views that promise an indexed answer scan no table") {
    Sql sql(generated().path());
    struct Promise {
        std::string view;
        std::vector<std::string> columns;
    };
    const std::vector<Promise> promises{
        {"rounds", {"company", "round"}},
        {"rounds_known", {"company", "round"}},
        {"total_raised", {"company"}},
        {"total_raised_known", {"company"}},
        {"claims", {"company"}},
        {"claims_known", {"company"}},
        {"participations", {"company", "round", "investor"}},
        {"investments", {"company", "round", "investor"}},
        {"co_investors", {"investor", "company"}},
        {"valuations", {"company"}},
        {"latest_valuations", {"company"}},
        {"latest_valuations_known", {"company"}},
        {"latest_marks", {"company"}},
        {"latest_409a_valuations", {"company"}},
        {"valuation_steps", {"company"}},
        {"inflows", {"company", "round"}},
        {"total_raised_over_time", {"company"}},
        {"total_raised_over_time_known", {"company"}},
        {"stated_totals", {"company"}},
        {"round_checks", {"company", "round"}},
        {"entries", {"entry"}},
        {"parties", {"party", "name"}},
    };
    for (const Promise& promise : promises) {
        for (const std::string& column : promise.columns) {
            const std::string value = column == "company" ? "Company 7" : "c7-r0";
            for (const std::string& row : sql.rows("EXPLAIN QUERY PLAN SELECT * FROM " + promise.view +
                                                   " WHERE " + column + " = '" + value + "'")) {
                const std::string step = row.substr(row.rfind('|') + 1);
                // Only the rows of a subquery may be scanned.
                const bool few = step.ends_with("CONSTANT ROWS") || step.ends_with("CONSTANT ROW") ||
                                 step.starts_with("SCAN (subquery") || step == "SCAN v" || step == "SCAN t" ||
                                 step == "SCAN step" || step == "SCAN f" ||
                                 step == "SCAN typed";  // reads no row: it gives a sum its declared type
                // How a retraction that others correct stands is computed from all such.
                const bool computed =
                    promise.view == "entries" &&
                    (step == "SCAN r" || step == "SCAN linked" || step == "SCAN l" || step == "SCAN j" ||
                     step == "SCAN judged" || step == "SCAN turns" || step == "SCAN k" ||
                     step == "SEARCH l USING AUTOMATIC COVERING INDEX (known=? AND nth=?)");
                CHECK_MESSAGE((!step.starts_with("SCAN") || few || computed),
                              (promise.view + "." + column + ": " + step));
                CHECK_MESSAGE((step.find("AUTOMATIC") == std::string::npos || computed),
                              (promise.view + "." + column + ": " + step));
            }
        }
    }
    CHECK_FALSE(scans_of(sql, "SELECT * FROM rounds").empty());  // a control
}
