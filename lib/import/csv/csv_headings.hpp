// The headings that tables have for each field, with where they are from. To teach one, add it to its row, or
// a row for another field, language or export.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "import/csv/csv_fields.hpp"
#include "postmoney/text/language.hpp"

namespace postmoney::detail {

struct HeadingRow {
    CsvFieldId field;
    std::optional<Language> language;  // null: of a program, or the same in all
    std::string_view source;
    std::string_view headings;  // as heading_key writes them, with | between; the likeliest first
};

// Where headings were seen:
inline constexpr std::string_view in_tables = "tables of the press and of funds";
inline constexpr std::string_view cb_2013 = "Crunchbase, snapshot of 2013: cb_funding_rounds, cb_objects";
inline constexpr std::string_view cb_2015 = "Crunchbase, export of 2015: rounds, investments, companies";
inline constexpr std::string_view cb_now =
    "Crunchbase, funding_rounds and organizations of the daily export, and the search's";
inline constexpr std::string_view pitchbook =
    "PitchBook, deals as delivered to universities and as exported: github.com, "
    "hannahmcgrathOV/PitchBook_Deals_Data and mkguldan/empirical";
inline constexpr std::string_view cb_insights =
    "CB Insights, the list of unicorns and the columns of its company search";
inline constexpr std::string_view dealroom =
    "Dealroom, companies as exported: github.com, nestauk/innovation_sweet_spots";
inline constexpr std::string_view tracxn =
    "Tracxn, funding rounds as exported: github.com, michaelharries/robotics-funding-charts";

inline constexpr auto heading_rows = std::to_array<HeadingRow>({
    {CsvFieldId::company, {}, cb_now, "orgname|organizationname"},
    {CsvFieldId::company, {}, cb_2015, "companyname"},
    {CsvFieldId::company, {}, pitchbook, "companyname|companies"},
    {CsvFieldId::company, Language::en, in_tables,
     "company|startup|startupname|organization|organisation|companystartup|nameofcompany|nameofstartup|"
     "portfoliocompany|"
     "issuer|firm|venture|business"},
    {CsvFieldId::company, Language::de, in_tables,
     "unternehmen|firma|unternehmensname|firmenname|gesellschaft"},
    {CsvFieldId::company, Language::fr, in_tables,
     "entreprise|société|societe|nomdelasociété|nomdelentreprise|raisonsociale|jeunepousse"},
    {CsvFieldId::company, Language::es, in_tables, "empresa|compañía|compania|sociedad|nombredelaempresa"},
    {CsvFieldId::company, Language::it, in_tables,
     "azienda|società|societa|impresa|nomeazienda|ragionesociale"},
    {CsvFieldId::company, Language::pt, in_tables, "empresa|companhia|sociedade|nomedaempresa"},
    {CsvFieldId::company, {}, in_tables, "name|nome|nom|nombre"},
    {CsvFieldId::round, {}, cb_2015, "fundingroundpermalink"},
    {CsvFieldId::round, {}, cb_2013, "fundingroundid"},
    {CsvFieldId::round, {}, pitchbook, "dealid"},
    {CsvFieldId::round, {}, cb_now, "fundingrounduuid"},
    {CsvFieldId::announced, {}, cb_now, "announcedon|announceddate"},
    {CsvFieldId::announced, {}, cb_2013, "fundedat"},
    // Beside the day of its announcement, a deal's date is that of its closing; alone it may be either.
    {CsvFieldId::announced, {}, pitchbook, "dealdate"},
    {CsvFieldId::announced, {}, tracxn, "rounddate"},
    {CsvFieldId::announced, {}, cb_insights, "latestfundingdate"},
    {CsvFieldId::announced, Language::en, in_tables,
     "date|announced|fundingdate|fundedon|dateddmmyyyy|rounddate|announcementdate|dateoffundinground|"
     "dateofthefundinground|"
     "dateofround|dateannounced|dateoffunding|investmentdate|transactiondate|when|month|year"},
    {CsvFieldId::announced, Language::de, in_tables, "datum|bekanntgabe|datumderrunde|zeitpunkt|jahr"},
    {CsvFieldId::announced, Language::fr, in_tables, "date|datedannonce|datedelevée|datedelalevée|année"},
    {CsvFieldId::announced, Language::es, in_tables, "fecha|fechadelaronda|fechadeanuncio|año"},
    {CsvFieldId::announced, Language::it, in_tables, "data|dataannuncio|datadelround|anno"},
    {CsvFieldId::announced, Language::pt, in_tables, "data|datadarodada|datadoanúncio|ano"},
    {CsvFieldId::closed, Language::en, in_tables,
     "closed|closedon|closingdate|closedate|closeddate|dateclosed|closedat|dateofclosing|dealcloseddate|"
     "dealclosedate|roundclosed|roundcloseddate"},
    {CsvFieldId::name, {}, cb_now, "investmenttype|fundingtype|fundingroundtype"},
    {CsvFieldId::name, {}, pitchbook, "vcround|series"},
    {CsvFieldId::name, {}, tracxn, "roundname"},
    {CsvFieldId::name, {}, cb_insights, "latestfundinground"},
    {CsvFieldId::name, Language::en, in_tables,
     "series|round|roundname|fundinground|investmentntype|roundtype|stage|phase|fundingstage|roundseries|"
     "typeofround|dealstage|type|roundnumber"},
    {CsvFieldId::name, Language::de, in_tables, "runde|finanzierungsrunde|phase|rundenname|art"},
    {CsvFieldId::name, Language::fr, in_tables, "tour|tourdetable|typedetour|série|levée"},
    {CsvFieldId::name, Language::es, in_tables, "ronda|tipoderonda|serie|rondadefinanciación|etapa"},
    {CsvFieldId::name, Language::it, in_tables, "round|tipodiround|serie|fase"},
    {CsvFieldId::name, Language::pt, in_tables, "rodada|série|tipoderodada|estágio|ronda"},
    {CsvFieldId::name, {}, pitchbook, "dealtype"},
    // Of these two and of a second column that could be the name, the cells have to tell what they are.
    {CsvFieldId::instrument, {}, pitchbook, "dealtype|dealclass"},
    {CsvFieldId::instrument, Language::en, in_tables,
     "instrument|instrumenttype|typeofinstrument|security|securitytype|securities|financingtype|"
     "typeoffinancing|"
     "transactiontype|typeoftransaction|typeofdeal|moneytype|investmentvehicle"},
    {CsvFieldId::instrument, Language::de, in_tables, "instrument|finanzierungsart|transaktionsart"},
    {CsvFieldId::instrument, Language::fr, in_tables, "instrument|typedefinancement|typedetransaction"},
    {CsvFieldId::instrument, Language::es, in_tables, "instrumento|tipodefinanciación|tipodeoperación"},
    {CsvFieldId::instrument, Language::it, in_tables, "strumento|tipodifinanziamento|tipodioperazione"},
    {CsvFieldId::instrument, Language::pt, in_tables, "instrumento|tipodefinanciamento|tipodeoperação"},
    {CsvFieldId::status, {}, pitchbook, "dealstatus"},
    {CsvFieldId::status, Language::en, in_tables,
     "status|roundstatus|fundingstatus|transactionstatus|financingstatus"},
    {CsvFieldId::status, Language::fr, in_tables, "statut|étatdutour"},
    {CsvFieldId::status, Language::es, in_tables, "estado|estadodelaronda"},
    {CsvFieldId::status, Language::it, in_tables, "stato"},
    {CsvFieldId::status, Language::pt, in_tables, "estado|situação"},
    {CsvFieldId::raised, {}, cb_now, "raisedamount|moneyraised"},
    {CsvFieldId::raised, {}, pitchbook, "dealsize"},
    {CsvFieldId::raised, {}, tracxn, "roundamount"},
    {CsvFieldId::raised, {}, cb_insights, "latestfundingamount"},
    {CsvFieldId::raised, Language::en, in_tables,
     "raised|amountraised|amount|fundingamount|roundsize|roundamount|size|totalamount|funding|capitalraised|"
     "investment|investmentamount|sum|amountinvested|dealamount|dealvalue|fundsraised"},
    {CsvFieldId::raised, Language::de, in_tables,
     "betrag|summe|finanzierungssumme|volumen|höhe|investitionssumme|kapital"},
    {CsvFieldId::raised, Language::fr, in_tables, "montant|montantlevé|sommelevée|montantdelalevée|levée"},
    {CsvFieldId::raised, Language::es, in_tables, "importe|cantidad|monto|inversión|capital|cuantía"},
    {CsvFieldId::raised, Language::it, in_tables,
     "importo|ammontare|cifra|raccolta|capitaleraccolto|investimento"},
    {CsvFieldId::raised, Language::pt, in_tables, "valor|montante|quantia|valorcaptado|investimento"},
    // Beside the column of what the round raised.
    {CsvFieldId::amount, Language::en, in_tables,
     "invested|investment|investmentamount|amountinvested|investoramount|ticket|ticketsize|chequesize|"
     "checksize|"
     "contribution"},
    {CsvFieldId::raised_usd, {}, cb_now, "raisedamountusd|moneyraisedinusd"},
    {CsvFieldId::currency, {}, cb_now, "raisedamountcurrencycode|moneyraisedcurrency"},
    {CsvFieldId::currency, {}, cb_2013, "raisedcurrencycode"},
    {CsvFieldId::currency, Language::en, in_tables,
     "currency|currencycode|raisedcurrency|amountcurrency|ccy|moneyraisedcurrencycode|raisedamountcurrency|"
     "dealcurrency|dealsizecurrency|roundcurrency|fundingcurrency|fundingamountcurrency|investmentcurrency"},
    {CsvFieldId::currency, Language::de, in_tables, "währung|waehrung"},
    {CsvFieldId::currency, Language::fr, in_tables, "devise|monnaie"},
    {CsvFieldId::currency, Language::es, in_tables, "moneda|divisa"},
    {CsvFieldId::currency, Language::it, in_tables, "valuta|moneta|divisa"},
    {CsvFieldId::currency, Language::pt, in_tables, "moeda"},
    {CsvFieldId::investor, {}, cb_now, "investornames"},
    {CsvFieldId::investor, {}, cb_2015, "investorname"},
    {CsvFieldId::investor, {}, tracxn, "institutionalinvestors"},
    {CsvFieldId::investor, {}, cb_insights, "latestfundinginvestors|selectinvestors|selectinverstors"},
    {CsvFieldId::investor, Language::en, in_tables,
     "investors|investorsname|investorsnames|investor|coinvestors|newinvestors|allinvestors|participants|"
     "participatinginvestors|backers|"
     "fund|fundname"},
    {CsvFieldId::investor, Language::de, in_tables, "investoren|investor|kapitalgeber|geldgeber|beteiligte"},
    {CsvFieldId::investor, Language::fr, in_tables, "investisseurs|investisseur|fonds"},
    {CsvFieldId::investor, Language::es, in_tables,
     "inversores|inversor|inversionistas|inversionista|fondos"},
    {CsvFieldId::investor, Language::it, in_tables, "investitori|investitore|finanziatori|fondi"},
    {CsvFieldId::investor, Language::pt, in_tables, "investidores|investidor|fundos"},
    {CsvFieldId::lead, Language::en, in_tables,
     "leadinvestors|leadinvestor|lead|leads|ledby|isleadinvestor|leadsoleinvestors"},
    {CsvFieldId::lead, Language::de, in_tables, "leadinvestor|hauptinvestor"},
    {CsvFieldId::lead, Language::fr, in_tables, "investisseurprincipal|chefdefile"},
    {CsvFieldId::lead, Language::es, in_tables, "inversorlíder|inversorprincipal"},
    {CsvFieldId::investors, {}, cb_now, "investorcount|numberofinvestors"},
    {CsvFieldId::investors, {}, pitchbook, "numinvestors|numberinvestors"},
    {CsvFieldId::investors, {}, cb_insights, "investorscount"},
    {CsvFieldId::investors, Language::en, in_tables,
     "noofinvestors|nofinvestors|investorsnumber|totalinvestors|howmanyinvestors"},
    {CsvFieldId::investors, Language::de, in_tables, "anzahlinvestoren|anzahlderinvestoren|investorenzahl"},
    {CsvFieldId::investors, Language::fr, in_tables, "nombredinvestisseurs|nbinvestisseurs"},
    {CsvFieldId::investors, Language::es, in_tables, "númerodeinversores|númerodeinversionistas"},
    {CsvFieldId::investors, Language::it, in_tables, "numeroinvestitori|numerodiinvestitori"},
    {CsvFieldId::investors, Language::pt, in_tables, "númerodeinvestidores"},
    {CsvFieldId::pre_money, {}, cb_2013, "premoneyvaluation"},
    {CsvFieldId::pre_money, Language::en, in_tables, "premoney|prevaluation|pre"},
    {CsvFieldId::pre_money_currency, {}, cb_2013, "premoneycurrencycode|premoneyvaluationcurrencycode"},
    {CsvFieldId::pre_money_currency, {}, cb_now, "premoneyvaluationcurrency|premoneycurrency"},
    {CsvFieldId::post_money, {}, cb_now, "postmoneyvaluation"},
    {CsvFieldId::pre_money, {}, pitchbook, "premoneyvaluation"},
    {CsvFieldId::post_money, {}, pitchbook, "postvaluation"},
    {CsvFieldId::total_raised, {}, pitchbook, "raisedtodate"},
    {CsvFieldId::post_money, Language::en, in_tables, "postmoney|post"},
    {CsvFieldId::post_money_currency,
     {},
     cb_now,
     "postmoneyvaluationcurrency|postmoneyvaluationcurrencycode|postmoneycurrency|postmoneycurrencycode|"
     "postvaluationcurrency"},
    {CsvFieldId::pre_money, {}, tracxn, "roundpremoneyvaluation"},
    {CsvFieldId::post_money, {}, tracxn, "roundpostmoneyvaluation"},
    {CsvFieldId::valuation, Language::en, in_tables, "valuation|companyvaluation"},
    {CsvFieldId::valuation, {}, cb_insights, "latestvaluation"},
    {CsvFieldId::valuation_currency, {}, dealroom, "valuationcurrency|valuationcurrencycode"},
    {CsvFieldId::valuation_currency, {}, cb_insights, "latestvaluationcurrency"},
    {CsvFieldId::valuation, Language::de, in_tables, "bewertung|unternehmensbewertung"},
    {CsvFieldId::valuation, Language::fr, in_tables, "valorisation"},
    {CsvFieldId::valuation, Language::es, in_tables, "valoración|valuación"},
    {CsvFieldId::valuation, Language::it, in_tables, "valutazione"},
    {CsvFieldId::valuation, Language::pt, in_tables, "avaliação"},
    {CsvFieldId::price_per_share, Language::en, in_tables, "pricepershare|shareprice|issueprice"},
    {CsvFieldId::shares, Language::en, in_tables,
     "shares|sharesissued|numberofshares|newshares|numbershares|sharesnumber"},
    {CsvFieldId::total_raised, Language::en, in_tables, "totalraised|totalfunding|fundingtotal"},
    {CsvFieldId::total_raised, {}, cb_now, "totalfundingamount|totalequityfundingamount"},
    {CsvFieldId::total_currency,
     {},
     cb_now,
     "totalfundingcurrencycode|totalfundingamountcurrency|totalfundingcurrency|"
     "totalfundingamountcurrencycode|"
     "totalequityfundingamountcurrency|totalraisedcurrency|fundingtotalcurrency"},
    {CsvFieldId::as_of, Language::en, in_tables, "asof|asofdate|asat|totalasof|fundingasof"},
    // Of companies alone: a round's value is of the round's own date.
    {CsvFieldId::as_of, {}, dealroom, "valuationdate"},
    {CsvFieldId::as_of, Language::en, in_tables, "valuationasof|valuationason|dateofvaluation"},
    {CsvFieldId::source_url, Language::en, in_tables, "source|sourceurl|url|link|sourcelink|article"},
    {CsvFieldId::source_url, Language::de, in_tables, "quelle|link"},
    {CsvFieldId::source_url, Language::es, in_tables, "fuente|enlace"},
    {CsvFieldId::source_url, Language::it, in_tables, "fonte"},
    // Of tables of companies.
    {CsvFieldId::aliases, Language::en, in_tables, "aliases|alias|alsoknownas|othernames"},
    {CsvFieldId::country, Language::en, in_tables, "country|countrycode"},
    {CsvFieldId::country, {}, dealroom, "hqcountry"},
    {CsvFieldId::country, Language::de, in_tables, "land"},
    {CsvFieldId::country, Language::fr, in_tables, "pays"},
    {CsvFieldId::country, Language::es, in_tables, "país|pais"},
    {CsvFieldId::country, Language::it, in_tables, "paese"},
    {CsvFieldId::country, Language::pt, in_tables, "país|pais"},
    {CsvFieldId::founded, Language::en, in_tables,
     "founded|foundedat|foundedon|foundedyear|yearfounded|foundeddate"},
    {CsvFieldId::founded, {}, dealroom, "launchyear"},
    {CsvFieldId::founded, Language::de, in_tables, "gegründet|gründung|gründungsjahr"},
    {CsvFieldId::founded, Language::fr, in_tables, "création|datedecréation|annéedecréation"},
    {CsvFieldId::founded, Language::es, in_tables, "fundación|añodefundación"},
    {CsvFieldId::founded, Language::it, in_tables, "fondazione|annodifondazione"},
    {CsvFieldId::founded, Language::pt, in_tables, "fundação|anodefundação"},
    {CsvFieldId::market, Language::en, in_tables,
     "market|category|industry|sector|industryvertical|categorylist"},
    {CsvFieldId::market, Language::de, in_tables, "branche|sektor"},
    {CsvFieldId::market, Language::fr, in_tables, "secteur|secteurdactivité"},
    {CsvFieldId::market, Language::es, in_tables, "sector"},
    {CsvFieldId::market, Language::it, in_tables, "settore"},
    {CsvFieldId::market, Language::pt, in_tables, "setor|sector"},
});

}  // namespace postmoney::detail
