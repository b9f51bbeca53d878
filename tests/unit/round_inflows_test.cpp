// What a round brings, rule by rule, each with the example that schema/FACTS.md gives for it.
#include "postmoney/answer/detail/round_inflows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"
#include "postmoney/answer/total.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

namespace {

// "known lower upper" in millions, `open` for no upper bound; by currency.
std::string brings(const std::vector<std::string>& lines, std::string_view as_of = {},
                   const InstrumentFilter& instruments = {}) {
    const Dossier dossier = dossier_of(lines);
    TotalOptions options{.as_of = {}, .in = {}, .instruments = instruments};
    if (!as_of.empty()) options.as_of = PartialDate::parse(as_of);
    const ResolvedCompany company = resolve(dossier, {}, {.as_of = options.as_of, .known_at = {}});
    const auto millions = [](const Money& money) {
        return (Ratio::of(money.to_decimal(), Decimal(1'000'000)))
            .to_decimal(1, Rounding::half_even)
            .to_string();
    };
    std::string text;
    for (const Total& total : total_raised(company, options)) {
        if (!text.empty()) text += "; ";
        text += total.known ? millions(*total.known) + ' ' + millions(*total.lower) + ' ' +
                                  (total.upper ? millions(*total.upper) : "open")
                            : "undisclosed";
    }
    return text.empty() ? "nothing" : text;
}

struct Case {
    std::string_view what;
    std::vector<std::string> lines;
    std::string_view as_of;
    std::string_view expected;
};

void check_brings(const std::vector<Case>& rows) {
    for (const Case& row : rows) {
        CAPTURE(row.what);
        CHECK(brings(row.lines, row.as_of) == row.expected);
    }
}

const std::string filing = "source id=f, type=filing, published=2024-01-10";
const std::string co = "source id=co, type=company, published=2024-09-30";
const std::string database = "source id=db, type=database, published=2024-09-30";
const std::string press = "source id=p, type=press, published=2024-06-01";
const std::string rumour = "source id=r, type=rumour, published=2023-12-01";

}  // namespace

TEST_CASE("a rumour yields to word that money came, and a round that was cancelled brings what had come") {
    check_brings({
        {"an old rumour and a filing",
         {filing, press, "p: round round=a, status=rumoured", "f: round round=a, raised=6 million USD"},
         "",
         "6.0 6.0 6.0"},
        {"a rumour of the press, and a rumoured amount",
         {press, rumour, "p: round round=a, status=rumoured", "r: round round=a, raised=6 million USD"},
         "",
         "nothing"},
        {"the company's own rumour",
         {co, "co: round round=a, status=rumoured, raised=6 million USD"},
         "",
         "nothing"},
        {"a rumour after a filing",
         {filing, rumour, "r: round round=a, status=rumoured", "f: round round=a, raised=6 million USD"},
         "",
         "6.0 6.0 6.0"},
        {"cancelled before anything came",
         {co, "co: round round=a, status=cancelled, raised=6 million USD, announced=2024-01"},
         "",
         "nothing"},
        {"cancelled after a closing of its own",
         {co, "source id=co2, type=company, published=2024-12-01",
          "co2: round round=a, status=cancelled, raised=6 million USD, announced=2024-01",
          "co: closing round=a, on=2024-02-01, amount=2 million USD"},
         "",
         "2.0 2.0 2.0"},
    });
}

TEST_CASE("closings count beside what was raised") {
    const std::vector<std::string> final_close{
        co, "co: round round=b, announced=2023-03-01, closed=2024-12-01, raised=30 million USD",
        "co: closing round=b, on=2023-03-01, amount=10 million USD, name=first",
        "co: closing round=b, on=2024-12-01, amount=20 million USD, name=final"};
    const std::vector<std::string> up_to{
        co, "co: round round=f, announced=2024-03-31, raised=at most 40 million USD",
        "co: closing round=f, on=2024-04-15, amount=10 million USD, name=first"};
    const std::vector<std::string> three{
        "round round=w, announced=2019-10-22, raised=9.5 million USD, instrument=other",
        "closing round=w, on=2019-10-30, amount=1.5 million USD, instrument=equity",
        "closing round=w, on=2020-02, amount=5 million USD, instrument=debt"};
    check_brings({
        {"before it was announced", final_close, "2023-02-28", "nothing"},
        {"the first close is not hidden by the final one", final_close, "2023-12-31", "10.0 10.0 30.0"},
        {"the final close", final_close, "2024-12-01", "30.0 30.0 30.0"},
        {"whenever", final_close, "", "30.0 30.0 30.0"},
        {"at most 40, of which 10 closed", up_to, "", "10.0 10.0 40.0"},
        {"at most 40, nothing closed yet", up_to, "2024-04-01", "0.0 0.0 30.0"},
        {"equity of a round of others", three, "", "1.5 1.5 1.5"},
        {"in other currencies they do not count",
         {"round round=a, raised=10 million USD, closed=2024-01-01",
          "closing round=a, on=2024-01-01, amount=5 million EUR"},
         "",
         "10.0 10.0 10.0"},
    });
    CHECK(brings(three, {}, InstrumentFilter::only({Instrument::debt})) == "5.0 5.0 5.0");
    CHECK(brings(three, {}, InstrumentFilter::only({Instrument::other})) == "3.0 3.0 3.0");
    CHECK(brings(three, {}, InstrumentFilter::all()) == "9.5 9.5 9.5");
}

TEST_CASE("one tranche told by several is one") {
    check_brings({
        {"by name and by date",
         {filing, press, "f: round round=r, announced=2024-01-10",
          "f: closing round=r, on=2024-01-10, amount=20 million USD",
          "p: closing round=r, on=2024-01-10, amount=20 million USD, name=first close",
          "p: closing round=r, on=2024-01, amount=20 million USD"},
         "",
         "20.0 20.0 20.0"},
        {"two names are two",
         {press, "p: closing round=r, on=2024-01-10, amount=20 million USD, name=first",
          "p: closing round=r, on=2024-01-10, amount=20 million USD, name=second"},
         "",
         "40.0 40.0 40.0"},
        {"two amounts of one source are two",
         {press, "p: closing round=r, on=2024-01, amount=20 million USD",
          "p: closing round=r, on=2024-01-10, amount=5 million USD"},
         "",
         "25.0 25.0 25.0"},
    });
}

TEST_CASE("a filing made early yields to the final word") {
    const std::vector<std::string> early{
        filing, co,
        "f: round round=b, filed=2024-01-10, raised=0 USD, offered=50 million USD, "
        "remaining=50 million USD, on=2024-01-10",
        "co: round round=b, closed=2024-09-30, status=closed, raised=50 million USD"};
    const std::vector<std::string> closings{
        filing, "f: round round=b, filed=2024-01-10, raised=10 million USD, offered=50 million USD",
        "closing round=b, on=2024-03-01, amount=15 million USD",
        "closing round=b, on=2024-05-01, amount=25 million USD"};
    check_brings({
        {"until the final word", early, "2024-06-30", "0.0 0.0 50.0"},
        {"from then on", early, "2024-09-30", "50.0 50.0 50.0"},
        {"whenever", early, "", "50.0 50.0 50.0"},
        {"closings since, up to what was offered", closings, "", "50.0 50.0 50.0"},
        {"as they come", closings, "2024-04-01", "25.0 25.0 25.0"},
        {"all was sold",
         {filing, co,
          "f: round round=b, filed=2024-01-10, raised=10 million USD, offered=10 million USD, remaining=0 "
          "USD",
          "co: round round=b, closed=2024-09-30, raised=50 million USD"},
         "",
         "10.0 10.0 10.0"},
        {"a database without a later date is not the final word, but may be right",
         {filing, database,
          "f: round round=b, filed=2024-01-10, raised=10 million USD, remaining=40 million USD",
          "db: round round=b, raised=50 million USD"},
         "",
         "10.0 10.0 50.0"},
    });
}

TEST_CASE("a final word brings no less than what is filed, whatever comes off it") {
    const auto rows = [](const std::string& word, const std::string& closing) {
        return std::vector<std::string>{
            filing, co, "f: round round=b, filed=2024-01-10, raised=2 million USD, offered=10 million USD",
            "co: round round=b, " + word, "closing round=b, on=2025-01-10, " + closing};
    };
    const std::string three = "raised=3 million USD";
    const std::string debt = "amount=1.5 million USD, instrument=debt";
    const auto of_debt = rows(three, debt);
    check_brings({
        {"from the filing's day on", of_debt, "2024-01-10", "2.0 2.0 3.0"},
        {"as of the word", of_debt, "2024-10-31", "2.0 2.0 3.0"},
        {"once the debt has come", of_debt, "2025-01-10", "2.0 2.0 3.0"},
        {"whenever", of_debt, "", "2.0 2.0 3.0"},
        {"debt that leaves what is filed", rows(three, "amount=1 million USD, instrument=debt"), "2024-10-31",
         "2.0 2.0 2.0"},
        {"a tranche of its own after the word", rows(three, "amount=1.5 million USD"), "2024-10-31",
         "2.0 2.0 3.0"},
        {"once that has come", rows(three, "amount=1.5 million USD"), "2025-01-10", "3.0 3.0 3.0"},
        {"a range", rows("raised=between 3 and 4 million USD", "amount=2.5 million USD, instrument=debt"), "",
         "2.0 2.0 4.0"},
        {"a bound without an upper end", rows("raised=at least 3 million USD", debt), "", "2.0 2.0 open"},
        {"word that is not final", rows("status=open, raised=3 million USD", debt), "2024-10-31",
         "2.0 2.0 3.0"},
    });
    CHECK(brings(of_debt, {}, InstrumentFilter::all()) == "3.5 3.5 4.5");
}

TEST_CASE("conversions are taken off once") {
    check_brings({
        {"off closings",
         {"round round=safe, closed=2023-01-10, raised=2 million USD, instrument=safe",
          "round round=a, closed=2024-03-10, instrument=equity, includes_conversions=2 million USD",
          "closing round=a, on=2024-01-10, amount=6 million USD",
          "closing round=a, on=2024-03-10, amount=4 million USD"},
         "",
         "10.0 10.0 10.0"},
        {"no SAFE on record",
         {"round round=a, closed=2024-03-10, raised=10 million USD, includes_conversions=2 million USD"},
         "",
         "8.0 8.0 10.0"},
        {"a SAFE of undisclosed amount came to at least that",
         {"round round=safe, closed=2023-01-10, raised=undisclosed, instrument=safe",
          "round round=a, closed=2024-03-10, raised=10 million USD, includes_conversions=2 million USD"},
         "",
         "10.0 10.0 open"},
        {"undisclosed conversions",
         {"round round=safe, closed=2023-01-10, raised=3 million USD, instrument=safe",
          "round round=a, closed=2024-03-10, raised=10 million USD, includes_conversions=undisclosed"},
         "",
         "10.0 3.0 13.0"},
        {"undisclosed conversions, beside what counts on from before in another currency",
         {press, co,
          "p: round round=a, closed=2022-03-25, raised=about 9 million USD, "
          "includes_conversions=undisclosed",
          "co: round round=a, closed=2022, raised=29 million EUR, on=2022-05-25"},
         "2022-05-25",
         "0.0 0.0 29.0; 9.0 0.0 10.0"},
        {"surely above what was raised",
         {"round round=a, closed=2024-01-10, raised=5 million USD, instrument=equity",
          "round round=a, includes_conversions=8 million USD"},
         "",
         "0.0 0.0 5.0"},
        {"a later round lacks what an earlier one used up",
         {"round round=safe, closed=2023-01-10, raised=2 million USD, instrument=safe",
          "round round=a, closed=2024-01-10, raised=10 million USD, includes_conversions=2 million USD",
          "round round=b, closed=2024-06-10, raised=10 million USD, includes_conversions=2 million USD"},
         "",
         "18.0 18.0 20.0"},
    });
}

TEST_CASE("a notice holds until its amendment") {
    const std::vector<std::string> notices{
        "source id=d, type=filing, published=2024-01-12", "source id=da, type=filing, published=2024-12-12",
        "d: round round=r, first_sale=2024-01-05, raised=2 million USD, on=2024-01-12",
        "da: round round=ra, amends=r, first_sale=2024-01-05, raised=4.5 million USD, on=2024-12-12"};
    check_brings({
        {"the notice", notices, "2024-06-30", "2.0 2.0 2.0"},
        {"the day before", notices, "2024-12-11", "2.0 2.0 2.0"},
        {"the amendment", notices, "2024-12-12", "4.5 4.5 4.5"},
        {"what had come counts on when a later line gives a later date",
         {co, "co: round round=r, announced=2023-01-10, raised=10 million USD",
          "co: round round=r, closed=2024-12-31, raised=30 million USD, on=2023-06-30"},
         "2023-12-31",
         "10.0 10.0 30.0"},
        {"so does what came of undisclosed amount",
         {"round round=r, announced=2023-01-10, raised=undisclosed",
          "round round=r, closed=2024-12-31, status=announced, on=2023-06-30"},
         "2023-07-01",
         "undisclosed"},
        {"but where it is known how much is raised",
         {"round round=r, announced=2023-01-10, raised=undisclosed",
          "round round=r, closed=2024-12-31, raised=30 million USD, on=2023-06-30"},
         "2023-07-01",
         "0.0 0.0 30.0"},
    });
}

TEST_CASE("a total that is open above asks for no rate for the upper bound of one of its parts") {
    for (const std::vector<std::string>& lines :
         {std::vector<std::string>{"round round=n, closed=2022",
                                   "closing round=n, on=2022-01, amount=at least 4 million EUR, name=first",
                                   "closing round=n, on=2022, amount=2 million EUR, name=second"},
          // of another instrument than a disclosed `raised`
          std::vector<std::string>{
              "round round=n, closed=2022, raised=1 million EUR",
              "closing round=n, on=2022-01, amount=at least 4 million EUR, name=first, instrument=debt",
              "closing round=n, on=2022, amount=2 million EUR, name=second, instrument=debt"}}) {
        const Dossier dossier = dossier_of(lines);
        TotalOptions options{.as_of = PartialDate::parse("2022-01-01"), .in = Currency::iso("USD")};
        options.instruments = InstrumentFilter::all();
        const ResolvedCompany company = resolve(dossier, {}, {.as_of = options.as_of, .known_at = {}});
        const std::vector<Total> totals = total_raised(company, options);
        REQUIRE(totals.size() == 1);
        CHECK(totals.front().known->minor() == 0);
        CHECK_FALSE(totals.front().upper.has_value());
    }
}

TEST_CASE("undisclosed conversions take off what a SAFE comes to with its final word, whenever that comes") {
    CHECK(brings({filing, co,
                  "f: round round=s, raised=0 USD, remaining=10 million USD, first_sale=2024-01-05, "
                  "instrument=safe",
                  "co: round round=s, raised=6 million USD, closed=2024-09-30, status=closed",
                  "f: round round=a, raised=5 million USD, first_sale=2024-01-05, "
                  "includes_conversions=undisclosed",
                  "co: round round=a, closed=2024-12-01"},
                 "2024-06-30") == "0.0 0.0 11.0");
}

TEST_CASE(
    "conversions of a cancelled round lessen its upper bound only by what had come when it was cancelled") {
    CHECK(brings(
              {"source id=g, type=filing",
               "g: round round=d, raised=8 million USD, status=cancelled, includes_conversions=2 million USD",
               "round round=n, instrument=convertible-note, filed=2021-01, raised=2 million USD"}) ==
          "2.0 2.0 10.0");
}

TEST_CASE("of several notices that hold no longer the best alone tells that money came") {
    const std::vector<std::string> notices{
        "source id=d, type=filing, published=2023-12-31",
        "source id=d1, type=filing, published=2024-01-30",
        "source id=d2, type=filing, published=2024-04-29",
        "d: round round=b, raised=5 million USD",
        "d1: round round=b1, amends=b, raised=8 million USD, status=rumoured, filed=2024-01-30",
        "d2: round round=b2, amends=b1, on=2024-04-29, instrument=equity"};
    CHECK(brings(notices, "2024-05-31") == "nothing");
}

TEST_CASE("what a SAFE of undisclosed amount surely came to is not lessened by its own conversions") {
    const Dossier dossier = dossier_of(
        {"round round=s, instrument=safe, includes_conversions=at most 1 million BGN",
         "round round=a, closed=2022-03-10, raised=26 million EUR, includes_conversions=2 million EUR"});
    const std::vector<Total> totals = total_raised(resolve(dossier));
    REQUIRE(totals.size() == 1);
    CHECK(totals.front().known->to_string() == "26000000.00 EUR");
    CHECK(totals.front().lower->to_string() == "26000000.00 EUR");
}

TEST_CASE("what a SAFE of undisclosed amount surely came to counts from its date on, as a `raised` would") {
    const std::string closing = "closing round=safe, on=2022-01, amount=undisclosed";
    const std::string later_closing = "closing round=safe, on=2022-06, amount=undisclosed";
    const std::string round =
        "round round=a, closed=2023-01-10, raised=100 million USD, includes_conversions=70 million USD";
    const std::string year = "round round=safe, filed=2022, raised=undisclosed, instrument=safe";
    const std::string end = "round round=safe, closed=2022-12-31, raised=undisclosed, instrument=safe";
    check_brings({
        {"a closing of it has come, and may be of less",
         {year, closing, round},
         "2022-03-03",
         "0.0 0.0 open"},
        {"also where its date has not begun", {end, closing, round}, "2022-03-03", "0.0 0.0 open"},
        {"its date", {year, closing, round}, "2022-12-31", "70.0 70.0 open"},
        {"nothing of it has begun", {end, round}, "2022-03-03", "nothing"},
        {"nothing holds yet",
         {"round round=safe, raised=undisclosed, instrument=safe, on=2022-04-30", later_closing, round},
         "2022-03-03",
         "nothing"},
    });
}

TEST_CASE("a round cannot be told though the first of its closings is none that conversions come off") {
    const Dossier dossier =
        dossier_of({"round round=a, closed=2022-10-15, instrument=convertible-note, "
                    "includes_conversions=2 million JPY",
                    "closing round=a, on=2022, amount=5 million USD, instrument=safe",
                    "closing round=a, on=2023-01-14, amount=5 million USD, instrument=equity"});
    const std::vector<Total> totals = total_raised(resolve(dossier));
    REQUIRE(totals.size() == 1);
    CHECK(totals.front().lower->to_string() == "5000000.00 USD");
    CHECK(totals.front().rounds == 1);
    CHECK(totals.front().untold == 1);
}
