// The views that other programs read give the same as the library's own calls.
#include <doctest/doctest.h>

#include <algorithm>

#include "fixtures.hpp"

using namespace store_test;

namespace {

std::string or_null(const std::string& text) {
    return text.empty() ? "null" : text;
}
std::string minor_of(const std::optional<Money>& money) {
    return money ? std::to_string(money->minor()) : "null";
}

template <class T>
std::string text_of(const Field<T>& field) {
    if (!field) return "null";
    if constexpr (std::is_same_v<T, std::string>) {
        return field.value();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(field.value());
    } else if constexpr (detail::Worded<T>) {
        return std::string(to_string(field.value()));
    } else {
        return field.value().to_string();
    }
}

template <class T>
std::string source_of(const Field<T>& field) {
    return field ? or_null(field.winner().entry.source.value_or("")) : "null";
}

// The names of all parties, as the ledger's own calls find them.
std::vector<std::string> companies_of(const Ledger& ledger) {
    std::vector<std::string> names;
    ledger.for_each_entry([&](const LogEntry& entry) {
        if (!entry.party.empty() && std::find(names.begin(), names.end(), entry.party) == names.end()) {
            names.push_back(entry.party);
        }
    });
    return names;
}

// The rows that the view `total_raised` must have.
std::vector<std::string> totals(const Ledger& ledger, std::optional<Timestamp> known_at = {}) {
    std::vector<std::string> rows;
    for (const std::string& company : companies_of(ledger)) {
        TotalQuery query;
        query.viewpoint.known_at = known_at;
        for (const Total& total : ledger.total_raised(company, query)) {
            const auto zero = [](const std::optional<Money>& money) {
                return money ? std::to_string(money->minor()) : "0";
            };
            rows.push_back(company + "|" + (total.currency ? std::string(total.currency->code()) : "null") +
                           "|" + zero(total.known) + "|" + zero(total.lower) + "|" + minor_of(total.upper) +
                           "|" + std::to_string(total.rounds) + "|" + std::to_string(total.undisclosed));
        }
    }
    return sorted(rows);
}

// The rows that the view `rounds` must have.
std::vector<std::string> rounds(const Ledger& ledger, std::optional<Timestamp> known_at = {}) {
    std::vector<std::string> rows;
    for (const std::string& name : companies_of(ledger)) {
        const Dossier dossier = ledger.dossier(name, known_at);
        for (const ResolvedRound& round : resolve(dossier).rounds) {
            const Amount* raised =
                round.raised && round.raised.value().disclosed() ? &round.raised.value() : nullptr;
            const auto valuation = valuation_of(round);
            rows.push_back(
                round.handle + "|" + name + "|" + text_of(round.name) + "|" + text_of(round.stage) + "|" +
                text_of(round.status) + "|" + text_of(round.instrument) + "|" +
                (round.date() ? round.date()->to_string() : "null") + "|" + text_of(round.raised) + "|" +
                minor_of(raised != nullptr ? std::optional(raised->known()) : std::nullopt) + "|" +
                minor_of(raised != nullptr ? std::optional(raised->lower()) : std::nullopt) + "|" +
                minor_of(raised != nullptr ? raised->upper() : std::nullopt) + "|" + source_of(round.raised) +
                "|" + text_of(round.offered) + "|" + text_of(round.investors) + "|" +
                std::to_string(round.participations.size()) + "|" +
                minor_of(valuation ? std::optional(valuation->value.number()) : std::nullopt) + "|" +
                (valuation ? std::string(to_string(valuation->origin)) : "null"));
        }
    }
    return sorted(rows);
}

constexpr const char* round_columns =
    "name, stage, status, instrument, date, raised, raised_minor, raised_lower_minor, raised_upper_minor";

// The rows that the view `entries` must have.
std::vector<std::string> entry_rows(const Ledger& ledger) {
    std::vector<std::string> rows;
    ledger.for_each_entry([&](const LogEntry& entry) {
        rows.push_back("sha256:" + entry.id.to_string() + "|" + entry.place.chain.to_string() + "|" +
                       std::to_string(entry.place.seq) + "|" + entry.recorded.to_fixed_string() + "|" +
                       std::string(to_string(entry.kind)) + "|" + or_null(entry.key) + "|" +
                       or_null(entry.source) + "|" + or_null(entry.party) + "|" + or_null(entry.round) + "|" +
                       (entry.stands ? "1" : "0") + "|" + entry.body);
    });
    return rows;
}

// The rows that the views `claims`, `participations` and `valuations` must have.
struct ExpectedRows {
    std::vector<std::string> claims;
    std::vector<std::string> participations;
    std::vector<std::string> valuations;

    void add(const std::string& company, const ResolvedCompany& resolved) {
        for (const StatedFact& fact : stated_facts(resolved)) add_claim(company, fact);
        for (const ResolvedRound& round : resolved.rounds) {
            const std::string place = company + "|" + round.handle + "|";
            for (const ResolvedParticipation& participation : round.participations) {
                participations.push_back(place + participation.investor_name);
            }
            ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
                for (const auto& stated : field.all()) {
                    valuations.push_back(place + std::string(to_string(basis)) + "|" +
                                         stated.value->amount.to_string() + "|" +
                                         stated.value->on.to_string() + "|" +
                                         or_null(stated.claim->entry.source.value_or("")));
                }
            });
        }
    }

    void add_claim(const std::string& company, const StatedFact& fact) {
        const Claim& claim = *fact.claim;
        std::string field = fact.field;
        for (const char* kind : {"closing", "participation", "stated_total"}) {
            if (field.starts_with(kind)) field = kind;
        }
        if (field.ends_with(" (target)")) field.resize(field.size() - std::string_view(" (target)").size());
        const bool published = claim.source && claim.source->published;
        claims.push_back(company + "|" + or_null(fact.round) + "|" + field + "|" + fact.stated + "|" +
                         or_null(claim.entry.source.value_or("")) + "|" +
                         (claim.source ? std::string(to_string(claim.source->type)) : "null") + "|" +
                         (published ? claim.source->published->to_string() : "null") + "|" +
                         claim.recorded.to_fixed_string() + "|sha256:" + claim.id.to_string());
    }
};

}  // namespace

TEST_CASE("the views on xAI's ledger give what the library's calls give") {
    TempFolder folder;
    Ledger ledger =
        Ledger::open(folder / "xai.db", options(Ledger::Access::create, "2025-01-02T08:00:00.5Z"));
    apply_text(ledger, read_file(POSTMONEY_EXAMPLES_DIR "/xai.facts.jsonl"));
    Sql sql(folder / "xai.db");

    CHECK(sorted(sql.rows(
              "SELECT company, currency, known_minor, lower_minor, upper_minor, rounds, undisclosed FROM "
              "total_raised")) == totals(ledger));
    CHECK(sorted(sql.rows(std::string("SELECT round, company, ") + round_columns +
                          ", raised_source, offered, investors, named_investors, valuation_minor, "
                          "valuation_origin FROM rounds")) == rounds(ledger));

    CHECK(sql.rows("SELECT id, chain, seq, recorded, kind, key, source, party, round, stands, body FROM "
                   "entries ORDER BY entry") == entry_rows(ledger));
    CHECK(sql.cell("SELECT hash FROM entries ORDER BY seq DESC LIMIT 1") == ledger.head().hash.to_string());

    ExpectedRows expected;
    for (const std::string& company : companies_of(ledger)) {
        const Dossier dossier = ledger.dossier(company);
        expected.add(company, resolve(dossier));
    }
    CHECK(
        sorted(sql.rows(
            "SELECT company, round, field, stated, source, source_type, source_published, recorded, id FROM "
            "claims WHERE stands")) == sorted(expected.claims));
    CHECK(sorted(sql.rows("SELECT company, round, investor FROM participations")) ==
          sorted(expected.participations));
    CHECK(sorted(sql.rows("SELECT company, round, basis, amount, on_date, source FROM valuations")) ==
          sorted(expected.valuations));
    CHECK(sql.cell("SELECT count(*) FROM sources") == "10");
    for (const std::string& row : sql.rows("SELECT name, type, country, founded, market FROM parties")) {
        const PartyProfile profile = ledger.party(row.substr(0, row.find('|')));
        CHECK(row == profile.name + "|" + or_null(profile.type) + "|" + or_null(profile.country) + "|" +
                         or_null(profile.founded) + "|" + or_null(profile.market));
    }
}

TEST_CASE("the figures that plain SQL needs: exact sums of money and of other numbers") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, R"({"kind":"metric","company":"Acme","name":"users","value":"0.1","on":"2021"}
{"kind":"metric","company":"Acme","name":"users","value":"0.2","on":"2022"}
{"kind":"metric","company":"Acme","name":"users","value":"123456789012345678.0000000007","on":"2023"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2023-05-01","rate":"1.0985"}
)");
    Sql sql(folder / "l.db");
    CHECK(sql.cell("SELECT sum(value_whole), sum(value_fraction) FROM metric") ==
          "123456789012345678|3000000007");
    CHECK(sql.cell("SELECT rate_number, rate_whole, rate_fraction FROM fx_rate") == "1.0985|1|985000000");
}

TEST_CASE("shares and prices are exact text, and whole parts and fractions that sum exactly") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(
        ledger,
        R"({"kind":"round","round":"a","company":"Acme","price_per_share":"11.970 USD","shares_issued":"999999999999999999.9999999999","security_class":"A"}
{"kind":"participation","round":"a","investor":"Blue Fund","shares":"1000.50"}
{"kind":"participation","round":"a","investor":"Red Fund","shares":2}
{"kind":"split","company":"Acme","on":"2024-05","ratio":"6:2"}
)");
    Sql sql(folder / "l.db");
    CHECK(sql.cell("SELECT price_per_share, price_per_share_number, price_per_share_whole, "
                   "price_per_share_fraction, price_per_share_currency FROM round_statement") ==
          "11.970 USD|11.97|11|9700000000|USD");
    CHECK(sql.cell("SELECT shares_issued_whole, shares_issued_fraction FROM round_statement") ==
          "999999999999999999|9999999999");
    CHECK(sql.cell("SELECT sum(shares_whole), sum(shares_fraction) FROM participation") == "1002|5000000000");
    CHECK(sql.cell("SELECT on_last_day, ratio, new_shares, old_shares, security_class FROM split") ==
          "2024-05-31|6:2|6|2|null");
    CHECK(sql.rows("SELECT field, stated FROM claims WHERE field IN ('price_per_share', 'shares_issued', "
                   "'security_class', 'split') ORDER BY field") ==
          std::vector<std::string>{"price_per_share|11.970 USD", "security_class|A",
                                   "shares_issued|999999999999999999.9999999999", "split|6:2"});
}

TEST_CASE("what the tables keep of the past is what --known-at gives") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, every_table);
    apply_text(ledger,
               R"({"kind":"round","round":"seed","raised":"7 million USD","recorded":"2024-01-07T00:00:00Z"}
{"kind":"round","round":"a","company":"Acme","raised":"undisclosed","recorded":"2024-01-07T00:00:00Z"}
{"kind":"round","key":"b","round":"b","company":"Other","raised":"at least 7 million EUR","recorded":"2024-01-08T00:00:00Z"}
{"kind":"source","key":"s2","id":"s2","type":"filing","recorded":"2024-01-08T00:00:00Z"}
{"kind":"round","round":"b","raised":"8 million EUR","source":"s2","recorded":"2024-01-09T00:00:00Z"}
{"kind":"retraction","of":"s2","reason":"x","recorded":"2024-01-10T00:00:00Z"}
{"kind":"retraction","of":"b","reason":"x","recorded":"2024-01-11T00:00:00Z"}
)");
    CHECK(ledger.verify().ok);
    Sql sql(folder / "l.db");
    for (const std::string& time :
         sql.rows("SELECT DISTINCT recorded FROM entry UNION SELECT recorded - 1 FROM entry")) {
        const Timestamp known_at = Timestamp::from_microseconds(std::stoll(time));
        const std::string then = " AND known_from <= " + time + " AND known_to > " + time;
        CHECK_MESSAGE(
            sorted(sql.rows(
                "SELECT p.name, nullif(t.currency, ''), t.known_minor, t.lower_minor, t.upper_minor, "
                "t.rounds, t.undisclosed FROM company_total t JOIN party p ON p.party = t.company WHERE 1" +
                then)) == totals(ledger, known_at),
            time);
        CHECK_MESSAGE(sorted(sql.rows(std::string("SELECT r.handle, p.name, rr.") +
                                      "name, rr.stage, rr.status, rr.instrument, rr.date, "
                                      "rr.raised, rr.raised_minor, rr.raised_lower_minor, "
                                      "rr.raised_upper_minor, (SELECT s.id FROM entry e "
                                      "JOIN source s ON s.entry = e.source WHERE e.entry = rr.raised_entry), "
                                      "rr.offered, rr.investors, "
                                      "rr.named_investors, rr.valuation_minor, rr.valuation_origin FROM "
                                      "resolved_round rr JOIN round r ON "
                                      "r.round = rr.round JOIN party p ON p.party = rr.company WHERE 1" +
                                      then)) == rounds(ledger, known_at),
                      time);
        std::vector<std::string> withdrawn;
        ledger.for_each_entry(
            [&](const LogEntry& entry) {
                if (!entry.stands) withdrawn.push_back(std::to_string(entry.place.seq));
            },
            known_at);
        CHECK_MESSAGE(sql.rows("SELECT entry FROM (SELECT * FROM withdrawn UNION ALL SELECT entry, "
                               "known_from, known_to FROM retractions_known WHERE NOT stands) WHERE 1" +
                               then + " ORDER BY 1") == withdrawn,
                      time);
    }
}

TEST_CASE("the claims view tells what ranks a claim now: the source as it stands") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, R"({"kind":"source","key":"p","id":"paper","type":"press","published":"2024"}
{"kind":"round","round":"seed","company":"Acme","raised":"1 USD","source":"paper"}
)");
    const auto claim = [&] {
        return Sql(folder / "l.db").cell("SELECT source, source_type, source_published FROM claims");
    };
    CHECK(claim() == "paper|press|2024");
    apply_text(
        ledger,
        R"({"kind":"source","key":"p2","id":"paper","type":"filing","published":"2024-05","supersedes":"p"})");
    CHECK(claim() == "paper|filing|2024-05");
    apply_text(ledger, R"({"kind":"retraction","of":"p2","reason":"x"})");
    CHECK(claim() == "paper|press|2024");
    apply_text(ledger, R"({"kind":"retraction","of":"p","reason":"x"})");
    CHECK(claim() == "paper|null|null");
}
