#include "form_d_generator.hpp"

#include <array>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "random.hpp"

namespace form_d_generator {

namespace {

using generator::Random;

constexpr std::array<std::string_view, 12> first_words{"Amber",   "Bracken", "Cobalt",  "Dapple",
                                                       "Ember",   "Fennel",  "Glint",   "Harrow",
                                                       "Inkwell", "Juniper", "Kestrel", "Lumen"};
constexpr std::array<std::string_view, 8> second_words{"Robotics", "Therapeutics", "Foods",  "Analytics",
                                                       "Energy",   "Logistics",    "Studio", "R&D"};
constexpr std::array<std::string_view, 20> syllables{"ba", "cor", "del", "en",  "fi",  "gro", "hal",
                                                     "in", "jo",  "ka",  "lum", "mer", "no",  "or",
                                                     "pe", "qui", "ra",  "sol", "tu",  "va"};
constexpr std::array<std::string_view, 6> given_names{"Ada", "Bruno", "Chloé", "Dario", "Esther", "Farid"};
constexpr std::array<std::string_view, 6> family_names{"Quill",       "Ostrander", "Peña",
                                                       "Vantongeren", "O'Dell",    "Zielke"};
constexpr std::array<std::string_view, 6> industries{"Other Technology", "Biotechnology", "Computers",
                                                     "Retailing",        "Other Energy",  "Commercial"};
constexpr std::array<std::string_view, 4> fund_types{"Hedge Fund", "Private Equity Fund",
                                                     "Venture Capital Fund", "Other Investment Fund"};
constexpr std::array<std::string_view, 5> securities{"isEquityType", "isEquityType", "isEquityType",
                                                     "isDebtType", "isOptionToAcquireType"};
constexpr std::array<std::string_view, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                  "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

[[nodiscard]] std::string padded(std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// A day counted in months of 28 days, so that every day exists.
[[nodiscard]] std::string day(std::int64_t number) {
    return padded(2009 + number / 336, 4) + "-" + padded(number / 28 % 12 + 1, 2) + "-" +
           padded(number % 28 + 1, 2);
}

// A company's name, which now and then is that of another one.
[[nodiscard]] std::string words(Random& random, std::string_view end) {
    std::string name(random.of(first_words));
    if (!random.one_in(50)) {
        name += " ";
        for (int i = 0; i < 3; ++i) name += random.of(syllables);
    }
    return name + " " + std::string(random.of(second_words)) + std::string(end);
}

// Sets how much of the offering is sold by now, and the figures that follow.
void sell(Random& random, Filing& filing) {
    if (filing.first_sale.empty()) {
        filing.sold = 0;
    } else {
        const std::int64_t most = filing.offered.value_or(filing.sold + 5'000'000) - filing.sold;
        if (most > 0) filing.sold += random.below(most + 1);
        filing.investors += random.below(9) + 1;
    }
    filing.remaining = filing.offered;
    if (filing.remaining) *filing.remaining -= filing.sold;
    if (filing.remaining && random.one_in(40)) *filing.remaining += 1'000;  // does not add up
    filing.commissions = random.one_in(6) ? filing.sold / 20 : 0;
    if (random.one_in(60)) filing.commissions = filing.sold + 500;  // more than was sold
}

[[nodiscard]] Filing first_filing(Random& random, std::size_t number, std::int64_t today) {
    const auto id = static_cast<std::int64_t>(number);
    const bool fund = random.one_in(3);
    Filing filing;
    filing.accession =
        "000" + padded(7'000'000 + id, 7) + "-" + padded((9 + today / 336) % 100, 2) + "-000001";
    filing.issuers.push_back({padded(7'000'000 + id, 10), words(random, fund ? " Fund LP" : ", Inc."), ""});
    if (random.one_in(10)) filing.issuers.back().previous_name = words(random, " LLC");
    if (random.one_in(15))
        filing.issuers.push_back({padded(8'000'000 + id, 10), words(random, " Feeder LP"), ""});
    for (std::int64_t i = random.below(3); i >= 0; --i) {
        filing.persons.push_back(std::string(random.of(given_names)) + " " +
                                 std::string(random.of(family_names)));
    }
    filing.industry = fund ? "Pooled Investment Fund" : random.of(industries);
    if (fund) filing.fund_type = random.of(fund_types);
    filing.security = fund ? "isPooledInvestmentFundType" : random.of(securities);
    filing.filed = day(today);
    filing.signed_on = day(today - random.below(3));
    if (!random.one_in(8)) filing.first_sale = day(today - random.below(30) + (random.one_in(50) ? 35 : 0));
    if (!random.one_in(fund ? 2 : 20)) filing.offered = (random.below(400) + 1) * 50'000;
    filing.non_accredited = random.one_in(10);
    filing.non_accredited_count = filing.non_accredited ? random.below(4) : 0;
    filing.estimated = random.one_in(4);
    filing.recipient = random.one_in(5);
    sell(random, filing);
    return filing;
}

[[nodiscard]] std::string file_number_of(const Filing& filing) {
    if (!filing.file_number.empty()) return filing.file_number;
    const std::int64_t filer = std::stoll(filing.accession.substr(4, 6));
    const std::int64_t sequence = std::stoll(filing.accession.substr(14));
    return "021-" + padded(filer + sequence - 1, 6);
}

// A later notice of the same offering.
[[nodiscard]] Filing amendment(Random& random, const Filing& earlier, std::int64_t today) {
    Filing filing = earlier;
    filing.previous_accession = earlier.accession;
    filing.predecessor_missing = false;
    filing.file_number = file_number_of(earlier);
    const std::int64_t sequence = std::stoll(earlier.accession.substr(14)) + 1;
    filing.accession =
        earlier.accession.substr(0, 11) + padded((9 + today / 336) % 100, 2) + "-" + padded(sequence, 6);
    filing.filed = day(today);
    filing.signed_on = day(today);
    if (filing.first_sale.empty()) filing.first_sale = day(today - 1);
    sell(random, filing);
    return filing;
}

[[nodiscard]] std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '&') {
            result += "&amp;";
        } else if (c == '<') {
            result += "&lt;";
        } else {
            result += c;
        }
    }
    return result;
}

[[nodiscard]] std::string element(std::string_view name, std::string_view value) {
    return "<" + std::string(name) + ">" + escaped(value) + "</" + std::string(name) + ">\n";
}

[[nodiscard]] std::string amount(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : "Indefinite";
}

[[nodiscard]] std::string_view word(bool value) {
    return value ? "true" : "false";
}

[[nodiscard]] std::pair<std::string, std::string> split_name(const std::string& person) {
    const std::size_t space = person.find(' ');
    return {person.substr(0, space), person.substr(space + 1)};
}

[[nodiscard]] std::string address(std::string_view name) {
    return "<" + std::string(name) + ">\n" + element("street1", "1 EXAMPLE STREET") +
           element("city", "SPRINGFIELD") + element("stateOrCountry", "DE") +
           element("stateOrCountryDescription", "DELAWARE") + element("zipCode", "00000") + "</" +
           std::string(name) + ">\n";
}

[[nodiscard]] std::string issuer_xml(std::string_view name, const Issuer& issuer) {
    const auto names = [](std::string_view list, const std::string& previous) {
        return "<" + std::string(list) + ">\n" +
               (previous.empty() ? element("value", "None") : element("previousName", previous)) + "</" +
               std::string(list) + ">\n";
    };
    return "<" + std::string(name) + ">\n" + element("cik", issuer.cik) + element("entityName", issuer.name) +
           address("issuerAddress") + element("issuerPhoneNumber", "000-555-0100") +
           element("jurisdictionOfInc", "DELAWARE") + names("issuerPreviousNameList", issuer.previous_name) +
           names("edgarPreviousNameList", "") + element("entityType", "Corporation") + "<yearOfInc>\n" +
           element("overFiveYears", "true") + "</yearOfInc>\n</" + std::string(name) + ">\n";
}

[[nodiscard]] std::string persons_xml(const Filing& filing) {
    std::string xml = "<relatedPersonsList>\n";
    for (const std::string& person : filing.persons) {
        const auto [first, last] = split_name(person);
        xml += "<relatedPersonInfo>\n<relatedPersonName>\n" + element("firstName", first) +
               element("lastName", last) + "</relatedPersonName>\n" + address("relatedPersonAddress") +
               "<relatedPersonRelationshipList>\n" + element("relationship", "Executive Officer") +
               element("relationship", "Director") +
               "</relatedPersonRelationshipList>\n</relatedPersonInfo>\n";
    }
    return xml + "</relatedPersonsList>\n";
}

[[nodiscard]] std::string terms_xml(const Filing& filing) {
    std::string xml = "<industryGroup>\n" + element("industryGroupType", filing.industry);
    if (!filing.fund_type.empty()) {
        xml += "<investmentFundInfo>\n" + element("investmentFundType", filing.fund_type) +
               element("is40Act", "false") + "</investmentFundInfo>\n";
    }
    xml += "</industryGroup>\n<issuerSize>\n" + element("revenueRange", "Decline to Disclose") +
           "</issuerSize>\n<federalExemptionsExclusions>\n" + element("item", "06b") +
           (filing.fund_type.empty() ? "" : element("item", "3C") + element("item", "3C.1")) +
           "</federalExemptionsExclusions>\n<typeOfFiling>\n<newOrAmendment>\n" +
           element("isAmendment", word(!filing.previous_accession.empty()));
    if (!filing.previous_accession.empty())
        xml += element("previousAccessionNumber", filing.previous_accession);
    xml += "</newOrAmendment>\n<dateOfFirstSale>\n" +
           (filing.first_sale.empty() ? element("yetToOccur", "true") : element("value", filing.first_sale)) +
           "</dateOfFirstSale>\n</typeOfFiling>\n<durationOfOffering>\n" +
           element("moreThanOneYear", "false") + "</durationOfOffering>\n<typesOfSecuritiesOffered>\n" +
           element(filing.security, "true") +
           "</typesOfSecuritiesOffered>\n<businessCombinationTransaction>\n" +
           element("isBusinessCombinationTransaction", "false") +
           "<clarificationOfResponse></clarificationOfResponse>\n</businessCombinationTransaction>\n";
    return xml;
}

[[nodiscard]] std::string recipient_xml(const Filing& filing) {
    if (!filing.recipient) return "<salesCompensationList></salesCompensationList>\n";
    return "<salesCompensationList>\n<recipient>\n" + element("recipientName", "Placement Example LLC") +
           element("recipientCRDNumber", "None") + element("associatedBDName", "None") +
           element("associatedBDCRDNumber", "None") + address("recipientAddress") +
           "<statesOfSolicitationList>\n" + element("value", "All States") + "</statesOfSolicitationList>\n" +
           element("foreignSolicitation", "false") + "</recipient>\n</salesCompensationList>\n";
}

[[nodiscard]] std::string figures_xml(const Filing& filing) {
    std::string xml = "<offeringSalesAmounts>\n" + element("totalOfferingAmount", amount(filing.offered)) +
                      element("totalAmountSold", std::to_string(filing.sold)) +
                      element("totalRemaining", amount(filing.remaining)) +
                      "</offeringSalesAmounts>\n<investors>\n" +
                      element("hasNonAccreditedInvestors", word(filing.non_accredited));
    if (filing.non_accredited)
        xml += element("numberNonAccreditedInvestors", std::to_string(filing.non_accredited_count));
    xml += element("totalNumberAlreadyInvested", std::to_string(filing.investors)) +
           "</investors>\n<salesCommissionsFindersFees>\n<salesCommissions>\n" +
           element("dollarAmount", std::to_string(filing.commissions)) +
           (filing.estimated ? element("isEstimate", "true") : "") + "</salesCommissions>\n<findersFees>\n" +
           element("dollarAmount", "0") +
           "</findersFees>\n</salesCommissionsFindersFees>\n<useOfProceeds>\n" + "<grossProceedsUsed>\n" +
           element("dollarAmount", "0") + "</grossProceedsUsed>\n</useOfProceeds>\n";
    return xml;
}

[[nodiscard]] std::string signature_xml(const Filing& filing) {
    return "<signatureBlock>\n" + element("authorizedRepresentative", "true") + "<signature>\n" +
           element("issuerName", filing.issuers.front().name) +
           element("signatureName", filing.persons.front()) +
           element("nameOfSigner", filing.persons.front()) +
           element("signatureTitle", "Chief Executive Officer") + element("signatureDate", filing.signed_on) +
           "</signature>\n</signatureBlock>\n";
}

[[nodiscard]] std::string compact(std::string date) {
    return date.erase(7, 1).erase(4, 1);
}

//--- Tables

[[nodiscard]] std::string table_date(const std::string& date, bool two_digits) {
    if (date.empty()) return date;
    const auto month = static_cast<std::size_t>(std::stoul(date.substr(5, 2)) - 1);
    return date.substr(8, 2) + "-" + std::string(months[month]) + "-" +
           date.substr(two_digits ? 2 : 0, two_digits ? 2 : 4);
}

class Table {
  public:
    Table(const std::filesystem::path& path, std::string_view columns) : out_(path, std::ios::binary) {
        if (!out_) throw std::runtime_error("cannot write " + path.string());
        out_ << columns << '\n';
    }
    void row(std::initializer_list<std::string> cells) {
        bool first = true;
        for (const std::string& cell : cells) {
            if (!first) out_ << '\t';
            out_ << cell;
            first = false;
        }
        out_ << '\n';
    }

  private:
    std::ofstream out_;
};

struct Tables {
    explicit Tables(const std::filesystem::path& folder)
        : submissions(folder / "FORMDSUBMISSION.tsv",
                      "ACCESSIONNUMBER\tFILE_NUM\tFILING_DATE\tSIC_CODE\tSUBMISSIONTYPE\tOVER100PERSONSFLAG\t"
                      "OVER100ISSUERFLAG"),
          issuers(
              folder / "ISSUERS.tsv",
              "ACCESSIONNUMBER\tIS_PRIMARYISSUER_FLAG\tISSUER_SEQ_"
              "KEY\tCIK\tENTITYNAME\tSTREET1\tSTREET2\tCITY\t"
              "STATEORCOUNTRY\tSTATEORCOUNTRYDESCRIPTION\tZIPCODE\tISSUERPHONENUMBER\tJURISDICTIONOFINC\t"
              "ISSUER_PREVIOUSNAME_1\tISSUER_PREVIOUSNAME_2\tISSUER_PREVIOUSNAME_3\tEDGAR_PREVIOUSNAME_1\t"
              "EDGAR_PREVIOUSNAME_2\tEDGAR_PREVIOUSNAME_3\tENTITYTYPE\tENTITYTYPEOTHERDESC\t"
              "YEAROFINC_TIMESPAN_CHOICE\tYEAROFINC_VALUE_ENTERED"),
          offerings(
              folder / "OFFERING.tsv",
              "ACCESSIONNUMBER\tINDUSTRYGROUPTYPE\tINVESTMENTFUNDTYPE\tIS40ACT\tREVENUERANGE\t"
              "AGGREGATENETASSETVALUERANGE\tFEDERALEXEMPTIONS_ITEMS_"
              "LIST\tISAMENDMENT\tPREVIOUSACCESSIONNUMBER\t"
              "SALE_DATE\tYETTOOCCUR\tMORETHANONEYEAR\tISEQUITYTYPE\tISDEBTTYPE\tISOPTIONTOACQUIRETYPE\t"
              "ISSECURITYTOBEACQUIREDTYPE\tISPOOLEDINVESTMENTFUNDTYPE\tISTENANTINCOMMONTYPE\t"
              "ISMINERALPROPERTYTYPE\tISOTHERTYPE\tDESCRIPTIONOFOTHERTYPE\tISBUSINESSCOMBINATIONTRANS\t"
              "BUSCOMBCLARIFICATIONOFRESP\tMINIMUMINVESTMENTACCEPTED\tOVER100RECIPIENTFLAG\tTOTALOFFERINGAMOU"
              "NT\t"
              "TOTALAMOUNTSOLD\tTOTALREMAINING\tSALESAMTCLARIFICATIONOFRESP\tHASNONACCREDITEDINVESTORS\t"
              "NUMBERNONACCREDITEDINVESTORS\tTOTALNUMBERALREADYINVESTED\tSALESCOMM_DOLLARAMOUNT\t"
              "SALESCOMM_ISESTIMATE\tFINDERSFEE_DOLLARAMOUNT\tFINDERSFEE_ISESTIMATE\t"
              "FINDERFEECLARIFICATIONOFRESP\tGROSSPROCEEDSUSED_DOLLARAMOUNT\tGROSSPROCEEDSUSED_ISESTIMATE\t"
              "GROSSPROCEEDSUSED_CLAROFRESP\tAUTHORIZEDREPRESENTATIVE"),
          recipients(
              folder / "RECIPIENTS.tsv",
              "ACCESSIONNUMBER\tRECIPIENT_SEQ_KEY\tRECIPIENTNAME\tRECIPIENTCRDNUMBER\tASSOCIATEDBDNAME\t"
              "ASSOCIATEDBDCRDNUMBER\tSTREET1\tSTREET2\tCITY\tSTATEORCOUNTRY\tSTATEORCOUNTRYDESCRIPTION\tZIPC"
              "ODE\t"
              "STATES_OR_VALUE_LIST\tDESCRIPTIONS_LIST\tFOREIGNSOLICITATION"),
          persons(folder / "RELATEDPERSONS.tsv",
                  "ACCESSIONNUMBER\tRELATEDPERSON_SEQ_"
                  "KEY\tFIRSTNAME\tMIDDLENAME\tLASTNAME\tSTREET1\tSTREET2\tCITY\t"
                  "STATEORCOUNTRY\tSTATEORCOUNTRYDESCRIPTION\tZIPCODE\tRELATIONSHIP_1\tRELATIONSHIP_"
                  "2\tRELATIONSHIP_3\t"
                  "RELATIONSHIPCLARIFICATION"),
          signatures(
              folder / "SIGNATURES.tsv",
              "ACCESSIONNUMBER\tSIGNATURE_SEQ_KEY\tISSUERNAME\tSIGNATURENAME\tNAMEOFSIGNER\tSIGNATURETITLE\t"
              "SIGNATUREDATE") {}

    Table submissions, issuers, offerings, recipients, persons, signatures;
};

void add_offering(Table& table, const Filing& f, bool short_dates) {
    const auto is = [&](std::string_view type) {
        return f.security == type ? std::string("true") : std::string();
    };
    table.row({f.accession,
               f.industry,
               f.fund_type,
               f.fund_type.empty() ? "" : "false",
               "Decline to Disclose",
               "",
               f.fund_type.empty() ? "06b" : "06b,3C,3C.1",
               std::string(word(!f.previous_accession.empty())),
               f.previous_accession,
               table_date(f.first_sale, short_dates),
               f.first_sale.empty() ? "true" : "",
               "false",
               is("isEquityType"),
               is("isDebtType"),
               is("isOptionToAcquireType"),
               "",
               is("isPooledInvestmentFundType"),
               "",
               "",
               "",
               "",
               "false",
               "",
               "0",
               "",
               amount(f.offered),
               std::to_string(f.sold),
               amount(f.remaining),
               "",
               std::string(word(f.non_accredited)),
               f.non_accredited ? std::to_string(f.non_accredited_count) : "",
               std::to_string(f.investors),
               std::to_string(f.commissions),
               f.estimated ? "true" : "",
               "0",
               "",
               "",
               "0",
               "",
               "",
               "true"});
}

void add_filing(Tables& tables, const Filing& f, bool short_dates) {
    tables.submissions.row({f.accession, file_number_of(f), table_date(f.filed, short_dates), "",
                            f.previous_accession.empty() ? "D" : "D/A", "", ""});
    for (std::size_t i = 0; i < f.issuers.size(); ++i) {
        tables.issuers.row({f.accession,
                            i == 0 ? "YES" : "NO",
                            std::to_string(i + 1),
                            f.issuers[i].cik,
                            f.issuers[i].name,
                            "1 EXAMPLE STREET",
                            "",
                            "SPRINGFIELD",
                            "DE",
                            "DELAWARE",
                            "00000",
                            "000-555-0100",
                            "DELAWARE",
                            f.issuers[i].previous_name,
                            "",
                            "",
                            "",
                            "",
                            "",
                            "Corporation",
                            "",
                            "overFiveYears",
                            ""});
    }
    add_offering(tables.offerings, f, short_dates);
    if (f.recipient) {
        tables.recipients.row({f.accession, "1", "Placement Example LLC", "None", "None", "None",
                               "1 EXAMPLE STREET", "", "SPRINGFIELD", "DE", "DELAWARE", "00000", "All States",
                               "", "false"});
    }
    for (std::size_t i = 0; i < f.persons.size(); ++i) {
        const auto [first, last] = split_name(f.persons[i]);
        tables.persons.row({f.accession, std::to_string(i + 1), first, "", last, "1 EXAMPLE STREET", "",
                            "SPRINGFIELD", "DE", "DELAWARE", "00000", "Executive Officer", "Director", "",
                            ""});
    }
    tables.signatures.row({f.accession, "1", f.issuers.front().name, f.persons.front(), f.persons.front(),
                           "Chief Executive Officer", table_date(f.signed_on, short_dates)});
}

}  // namespace

std::vector<Filing> filings(const Parameters& parameters) {
    Random random(parameters.seed);
    std::vector<Filing> all;
    std::vector<Filing> open;  // the last notice of offerings that may be amended
    std::int64_t today = 100;
    while (all.size() < parameters.count) {
        if (random.one_in(1 + static_cast<std::int64_t>(parameters.count / 2000))) today += 1;
        if (!open.empty() && random.one_in(3)) {
            const auto at = static_cast<std::size_t>(random.below(static_cast<std::int64_t>(open.size())));
            open[at] = amendment(random, open[at], today);
            all.push_back(open[at]);
            if (random.one_in(2)) open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
            continue;
        }
        Filing filing = first_filing(random, all.size() + parameters.count * (parameters.seed % 7), today);
        if (random.one_in(30)) {  // only its amendment is published
            filing = amendment(random, filing, today);
            filing.predecessor_missing = true;
        }
        open.push_back(filing);
        if (open.size() > 64) open.erase(open.begin());
        all.push_back(std::move(filing));
    }
    return all;
}

std::string notice(const Filing& filing) {
    std::string xml = "<?xml version=\"1.0\"?>\n<edgarSubmission>\n" + element("schemaVersion", "X0708") +
                      element("submissionType", filing.previous_accession.empty() ? "D" : "D/A") +
                      element("testOrLive", "LIVE") + issuer_xml("primaryIssuer", filing.issuers.front());
    if (filing.issuers.size() > 1) {
        xml += "<issuerList>\n";
        for (std::size_t i = 1; i < filing.issuers.size(); ++i)
            xml += issuer_xml("issuer", filing.issuers[i]);
        xml += "</issuerList>\n";
    }
    xml += persons_xml(filing) + "<offeringData>\n" + terms_xml(filing) +
           element("minimumInvestmentAccepted", "0") + recipient_xml(filing) + figures_xml(filing) +
           signature_xml(filing);
    return xml + "</offeringData>\n</edgarSubmission>\n";
}

std::string submission(const Filing& filing) {
    const std::string type = filing.previous_accession.empty() ? "D" : "D/A";
    return "<SEC-DOCUMENT>" + filing.accession + ".txt : " + compact(filing.filed) + "\n<SEC-HEADER>" +
           filing.accession + ".hdr.sgml : " + compact(filing.filed) + "\nACCESSION NUMBER:\t\t" +
           filing.accession + "\nCONFORMED SUBMISSION TYPE:\t" + type + "\nFILED AS OF DATE:\t\t" +
           compact(filing.filed) + "\n\nFILER:\n\n\tFILING VALUES:\n\t\tFORM TYPE:\t\t" + type +
           "\n\t\tSEC FILE NUMBER:\t" + file_number_of(filing) + "\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>" +
           type + "\n<SEQUENCE>1\n<FILENAME>primary_doc.xml\n<TEXT>\n<XML>\n" + notice(filing) +
           "</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n";
}

void write_notices(const std::filesystem::path& folder, const std::vector<Filing>& filings,
                   const std::string& extension) {
    std::filesystem::create_directories(folder);
    for (const Filing& filing : filings) {
        const auto path = folder / (filing.accession + extension);
        std::ofstream out(path, std::ios::binary);
        out << (extension == ".xml" ? notice(filing) : submission(filing));
        if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
    }
}

void write_dataset(const std::filesystem::path& folder, const std::vector<Filing>& filings) {
    std::filesystem::create_directories(folder);
    Tables tables(folder);
    for (std::size_t i = 0; i < filings.size(); ++i) add_filing(tables, filings[i], i % 3 == 0);
}

}  // namespace form_d_generator
