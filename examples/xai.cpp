// The funding story of xAI, told through the C++ API: the same entries as examples/xai.facts.jsonl, with the
// same ids.
//   xai [FACTS]     compares with the facts file when one is named
#include <fstream>
#include <iostream>
#include <postmoney/postmoney.hpp>
#include <vector>

using namespace postmoney;

namespace {

Amount amount(const char* text) {
    return Amount::parse(text);
}
PartialDate date(const char* text) {
    return PartialDate::parse(text);
}

// Where it all comes from.
std::vector<Entry> sources() {
    return {
        {.content = Source{.id = "article",
                           .type = SourceType::press,
                           .title = "xAI, 6 miliardi di dollari per l'intelligenza artificiale",
                           .published = date("2024-12"),
                           .language = "it"}},
        {.content = Source{.id = "form-d-2023",
                           .type = SourceType::filing,
                           .publisher = "SEC EDGAR",
                           .title = "Form D, X.AI Corp.",
                           .published = date("2023-12-05"),
                           .language = "en"}},
        {.content = Source{.id = "company-2024-05",
                           .type = SourceType::company,
                           .publisher = "xAI",
                           .title = "Series B funding round",
                           .published = date("2024-05-26"),
                           .language = "en"}},
        {.content = Source{.id = "press-2024-10",
                           .type = SourceType::press,
                           .title = "xAI seeks funding at a 40 billion valuation",
                           .published = date("2024-10"),
                           .language = "en"}},
        {.content = Source{.id = "press-2024-11",
                           .type = SourceType::press,
                           .title = "xAI told investors it raised 5 billion at 50 billion",
                           .published = date("2024-11-20"),
                           .language = "en"}},
        {.content = Source{.id = "form-d-2024",
                           .type = SourceType::filing,
                           .publisher = "SEC EDGAR",
                           .title = "Form D, X.AI Corp.",
                           .published = date("2024-12-05"),
                           .language = "en",
                           .accession = "0002002695-24-000003"}},
        {.content = Source{.id = "press-2024-12-05",
                           .type = SourceType::press,
                           .title = "xAI wraps up 6 billion in funding",
                           .published = date("2024-12-05"),
                           .language = "en"}},
        {.content = Source{.id = "company-2024-12",
                           .type = SourceType::company,
                           .publisher = "xAI",
                           .title = "Series C funding round",
                           .published = date("2024-12-23"),
                           .language = "en"}},
        {.content = Source{.id = "press-2024-12-30",
                           .type = SourceType::press,
                           .title = "xAI now valued at 45 billion",
                           .published = date("2024-12-30"),
                           .language = "en"}},
        {.content = Source{.id = "market-data",
                           .type = SourceType::database,
                           .title = "AI venture capital, third quarter of 2024",
                           .published = date("2024-10"),
                           .language = "en"}},
    };
}

// Who is in the story, with the names they go by.
std::vector<Entry> parties() {
    return {
        {.content = Party{.name = "xAI",
                          .type = PartyType::company,
                          .aliases = {"X.AI Corp.", "X.AI Corp"},
                          .ids = {{"cik", "0002002695"}},
                          .country = "US",
                          .founded = date("2023"),
                          .market = "AI venture capital"}},
        {.content =
             Party{
                 .name = "NVIDIA", .type = PartyType::company, .aliases = {"NVIDIA Corporation", "Nvidia"}}},
        {.content =
             Party{.name = "AMD", .type = PartyType::company, .aliases = {"Advanced Micro Devices, Inc."}}},
        {.content = Party{.name = "Andreessen Horowitz", .type = PartyType::fund, .aliases = {"a16z"}}},
        {.content =
             Party{
                 .name = "BlackRock", .type = PartyType::fund, .aliases = {"Blackrock", "BlackRock, Inc."}}},
        {.content = Party{.name = "Elon Musk", .type = PartyType::person}},
        {.content = Party{.name = "Grok", .type = PartyType::product}},
    };
}

// The three rounds, and what was said of the last one while it was going on.
std::vector<Entry> rounds() {
    return {
        {.key = "xai-2023-filing",
         .source = "form-d-2023",
         .content = RoundStatement{.round = "xai-2023",
                                   .company = "xAI",
                                   .instrument = Instrument::equity,
                                   .first_sale = date("2023-11-29"),
                                   .filed = date("2023-12-05"),
                                   .raised = amount("134.68 million USD"),
                                   .offered = amount("1 billion USD"),
                                   .minimum_investment = amount("2 million USD"),
                                   .investors = 4}},
        {.key = "xai-b",
         .source = "company-2024-05",
         .content = RoundStatement{.round = "xai-series-b",
                                   .company = "xAI",
                                   .name = "Series B",
                                   .stage = "series-b",
                                   .status = RoundStatus::closed,
                                   .instrument = Instrument::equity,
                                   .announced = date("2024-05-26"),
                                   .raised = amount("6 billion USD")}},
        {.source = "company-2024-05",
         .content = Valuation{.company = "xAI",
                              .amount = amount("18 billion USD"),
                              .basis = ValuationBasis::pre_money,
                              .on = date("2024-05-26"),
                              .round = "xai-series-b"}},
        {.source = "press-2024-11",
         .content = Valuation{.company = "xAI",
                              .amount = amount("24 billion USD"),
                              .basis = ValuationBasis::post_money,
                              .on = date("2024-05-26"),
                              .round = "xai-series-b"}},
        {.key = "xai-c-november",
         .source = "press-2024-11",
         .content = RoundStatement{.round = "xai-series-c",
                                   .company = "xAI",
                                   .name = "Series C",
                                   .stage = "series-c",
                                   .status = RoundStatus::announced,
                                   .instrument = Instrument::equity,
                                   .announced = date("2024-11-20"),
                                   .raised = amount("5 billion USD")}},
        {.source = "press-2024-10",
         .note = "sought, before the new money",
         .content = Valuation{.company = "xAI",
                              .amount = amount("40 billion USD"),
                              .basis = ValuationBasis::pre_money,
                              .on = date("2024-10"),
                              .round = "xai-series-c"}},
        {.source = "press-2024-11",
         .note = "raised by 5 billion in the negotiations",
         .content = Valuation{.company = "xAI",
                              .amount = amount("45 billion USD"),
                              .basis = ValuationBasis::pre_money,
                              .on = date("2024-11-20"),
                              .round = "xai-series-c"}},
        {.source = "press-2024-11",
         .content = Valuation{.company = "xAI",
                              .amount = amount("50 billion USD"),
                              .basis = ValuationBasis::post_money,
                              .on = date("2024-11-20"),
                              .round = "xai-series-c"}},
        {.key = "xai-total-november",
         .source = "press-2024-11",
         .content =
             StatedTotal{.company = "xAI", .amount = amount("11 billion USD"), .on = date("2024-11-20")}},
        {.key = "xai-c-filing",
         .source = "form-d-2024",
         .content = RoundStatement{.round = "xai-series-c",
                                   .company = "xAI",
                                   .instrument = Instrument::equity,
                                   .filed = date("2024-12-05"),
                                   .raised = amount("6 billion USD"),
                                   .minimum_investment = amount("77593 USD"),
                                   .investors = 97}},
        {.source = "press-2024-12-05",
         .content = Valuation{.company = "xAI",
                              .amount = amount("more than 40 billion USD"),
                              .basis = ValuationBasis::unspecified,
                              .on = date("2024-12-05"),
                              .round = "xai-series-c"}},
        {.key = "xai-c-company",
         .source = "company-2024-12",
         .content = RoundStatement{.round = "xai-series-c",
                                   .company = "xAI",
                                   .name = "Series C",
                                   .status = RoundStatus::closed,
                                   .announced = date("2024-12-23"),
                                   .raised = amount("6 billion USD"),
                                   .use_of_proceeds = "infrastructure, products, research"}},
        {.key = "xai-c-article",
         .source = "article",
         .as_written = "altri 6 miliardi di dollari; 97 investitori",
         .content = RoundStatement{.round = "xai-series-c",
                                   .company = "xAI",
                                   .announced = date("2024-12"),
                                   .raised = amount("6 billion USD"),
                                   .investors = 97,
                                   .use_of_proceeds = "expand the Colossus supercomputer"}},
        {.key = "xai-total-article",
         .source = "article",
         .as_written = "12 miliardi",
         .content = StatedTotal{.company = "xAI", .amount = amount("12 billion USD"), .on = date("2024-12")}},
        {.key = "xai-valuation-article",
         .source = "article",
         .as_written = "50 miliardi di dollari",
         .content = Valuation{.company = "xAI",
                              .amount = amount("50 billion USD"),
                              .basis = ValuationBasis::unspecified,
                              .on = date("2024-12"),
                              .round = "xai-series-c"}},
        {.source = "press-2024-12-30",
         .content = Valuation{.company = "xAI",
                              .amount = amount("45 billion USD"),
                              .basis = ValuationBasis::unspecified,
                              .on = date("2024-12-30"),
                              .round = "xai-series-c"}},
    };
}

// What else the article says.
std::vector<Entry> article() {
    return {
        {.source = "article",
         .content =
             Participation{.round = "xai-series-c", .investor = "NVIDIA", .amount = amount("undisclosed")}},
        {.source = "article",
         .content =
             Participation{.round = "xai-series-c", .investor = "AMD", .amount = amount("undisclosed")}},
        {.source = "article",
         .content = Participation{.round = "xai-series-c",
                                  .investor = "Andreessen Horowitz",
                                  .amount = amount("undisclosed")}},
        {.source = "article",
         .content =
             Participation{
                 .round = "xai-series-c", .investor = "Blackrock", .amount = amount("undisclosed")}},
        {.source = "article",
         .as_written = "circa 100 milioni di dollari all'anno",
         .content = Metric{.company = "xAI",
                           .name = "revenue",
                           .value = parse_metric_value("about 100 million USD"),
                           .per = Period::year,
                           .on = date("2024-12")}},
        {.source = "article",
         .content = Metric{.company = "xAI",
                           .name = "Colossus GPUs",
                           .value = parse_metric_value("100000"),
                           .unit = "NVIDIA H100",
                           .on = date("2024-12")}},
        {.source = "article",
         .note = "the year is inferred",
         .as_written = "nei prossimi mesi",
         .content = Metric{.company = "xAI",
                           .name = "Colossus GPUs",
                           .value = parse_metric_value("200000"),
                           .unit = "NVIDIA H100",
                           .on = date("2025"),
                           .target = true}},
        {.source = "article",
         .as_written = "miliardi di dollari",
         .content = Metric{.company = "OpenAI",
                           .name = "revenue",
                           .value = parse_metric_value("more than 1 billion USD"),
                           .per = Period::year,
                           .on = date("2024-12"),
                           .target = true}},
        {.source = "article",
         .as_written = "miliardi di dollari",
         .content = Metric{.company = "Anthropic",
                           .name = "revenue",
                           .value = parse_metric_value("more than 1 billion USD"),
                           .per = Period::year,
                           .on = date("2024-12"),
                           .target = true}},
        {.source = "article",
         .as_written = "31 miliardi di dollari",
         .content = MarketTotal{.market = "AI venture capital",
                                .period = date("2024-Q3"),
                                .amount = amount("31 billion USD")}},
        {.source = "market-data",
         .content = MarketTotal{.market = "AI venture capital",
                                .period = date("2024-Q3"),
                                .amount = amount("31.1 billion USD")}},
        {.source = "article",
         .content = Relation{.from = "xAI", .to = "Elon Musk", .type = RelationType::founder}},
        {.source = "article",
         .content = Relation{.from = "xAI", .to = "OpenAI", .type = RelationType::competitor}},
        {.source = "article",
         .content = Relation{.from = "xAI", .to = "Google", .type = RelationType::competitor}},
        {.source = "article",
         .content = Relation{.from = "xAI", .to = "Anthropic", .type = RelationType::competitor}},
        {.source = "article", .content = Relation{.from = "xAI", .to = "X", .type = RelationType::affiliate}},
        {.source = "article",
         .content = Relation{.from = "xAI", .to = "Tesla", .type = RelationType::affiliate}},
        {.source = "article",
         .content = Relation{.from = "xAI", .to = "SpaceX", .type = RelationType::affiliate}},
        {.source = "article",
         .content = Relation{.from = "xAI", .to = "Grok", .type = RelationType::product}},
        {.source = "article",
         .content = Relation{.from = "OpenAI", .to = "ChatGPT", .type = RelationType::product}},
        {.source = "article",
         .content = Relation{.from = "Google", .to = "Gemini", .type = RelationType::product}},
        {.source = "article",
         .content = Remark{.about = "Tesla", .text = "shareholders fear that resources are diverted to xAI"}},
        {.source = "article",
         .content = Remark{.about = "OpenAI",
                           .text = "accused by Elon Musk, together with Microsoft, of anti-competitive "
                                   "conduct that hinders the funding of rivals"}},
    };
}
void print_story(const Ledger& ledger) {
    const Dossier dossier = ledger.dossier("xAI");
    const ResolvedCompany company = resolve(dossier);
    const std::vector<RoundFigures> figures = figures_of(company);
    for (std::size_t i = 0; i < company.rounds.size(); ++i) {
        const ResolvedRound& round = company.rounds[i];
        std::cout << round.date()->to_string() << "  " << round.label() << ": "
                  << round.raised.value().to_string();
        if (figures[i].valuation) std::cout << " at " << brief(figures[i].valuation->value);
        if (figures[i].ownership_sold) {
            std::cout << ", " << figures[i].ownership_sold->to_string(0, Rounding::half_even)
                      << " of the company";
        }
        if (figures[i].growth) {
            std::cout << ", " << figures[i].growth->to_decimal(4, Rounding::half_even)
                      << " times the last value";
        }
        std::cout << '\n';
    }
    for (const Total& total : total_raised(company)) {
        std::cout << "total: " << total.known->to_string() << " in " << total.rounds << " rounds\n";
    }
}

// Whether a ledger made from the facts file holds the very same entries.
bool same_as_file(const Ledger& ledger, const char* path) {
    Ledger from_file = Ledger::in_memory();
    std::ifstream facts(path);
    if (!facts) throw Error(ErrorCode::no_such_file, "cannot be opened").at(path, 0);
    from_file.apply(facts, path);
    return from_file.digest() == ledger.digest();
}

}  // namespace

int main(int argc, char** argv) try {
    Ledger ledger = Ledger::in_memory();
    for (const auto& part : {sources(), parties(), rounds(), article()}) ledger.record(part);
    std::cout << ledger.size() << " entries, digest " << ledger.digest().to_string() << '\n';
    print_story(ledger);
    if (argc > 1) {
        const bool same = same_as_file(ledger, argv[1]);
        std::cout << (same ? "the same entries as " : "other entries than ") << argv[1] << '\n';
        return same ? 0 : 1;
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
