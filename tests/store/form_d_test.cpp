// The import of Form D notices: what is read, which entries it becomes, what is refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include "form_d_files.hpp"

using namespace store_test;
using form_d_generator::Filing;
using form_d_generator::notice;
using form_d_generator::submission;

namespace {

const std::string plain_name = "0007100001-24-000001.xml";

Ledger imported(const std::string& xml, const std::string& name = plain_name) {
    TempFolder folder;
    write_file(folder / name, xml);
    Ledger ledger = in_memory();
    import(ledger, {folder / name});
    return ledger;
}

// The refusal of a notice in which one text is replaced, without the folder's path.
std::string refusal(const std::string& contents, const std::string& name = plain_name) {
    TempFolder folder;
    write_file(folder / name, contents);
    Ledger ledger = in_memory();
    std::string message = error_of([&] { import(ledger, {folder / name}); });
    CHECK(ledger.size() == 0);
    const std::string path = folder.path().string() + "/";
    return message.starts_with(path) ? message.substr(path.size()) : message;
}

std::vector<std::string> codes(const Ledger& ledger, std::string_view company) {
    std::vector<std::string> found;
    for (const Finding& finding : ledger.reconcile(company)) {
        if (finding.severity == Severity::warning) found.emplace_back(to_string(finding.code));
    }
    return found;
}

std::string states_of(const Ledger& ledger, std::string_view company) {
    const Dossier dossier = ledger.dossier(company);
    std::string text;
    for (const ResolvedRound& round : resolve(dossier).rounds) {
        text += round.state() ? std::string(to_string(*round.state())) : "-";
    }
    return text;
}

}  // namespace

TEST_CASE("a notice: everything that it says is on record") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    CHECK(text_of(import(ledger, {form_d_fixture("0007000001-24-000001.xml")})) ==
          "1 imported, 0 unchanged, 0 superseded, 0 refused");
    CHECK(figures(ledger, "cik:0007000001") ==
          "5000000 USD offered, 2000000 USD sold, 3000000 USD remaining, first sale 2024-01-05, 11 investors "
          "(2), minimum "
          "25000 USD, paid about 100000 USD / 7500 USD / 60000 USD");
    // It ticks the box of a business combination: what it sold is left out.
    CHECK(total_of(ledger, "cik:0007000001") == "nothing");
    const auto left_out = ledger.left_out("cik:0007000001");
    REQUIRE(left_out.size() == 1);
    CHECK(left_out[0].reason == LeftOutReason::business_combination);
    CHECK(left_out[0].amount->to_string() == "2000000.00 USD");
    CHECK(total_of(ledger, "cik:0007000002") == "nothing");
    for (const char* name : {"Bracken Robotics, Inc.", "Fern Machines LLC", "Fern & Söhne"}) {
        CAPTURE(name);
        CHECK(ledger.party(name).name == "Bracken Robotics, Inc.");
    }
    Sql sql(folder / "l.db");
    CHECK(sql.rows("SELECT id, type, published, accession FROM sources") ==
          std::vector<std::string>{
              "form-d:0007000001-24-000001/document|filing|2024-01-10|0007000001-24-000001"});
    CHECK(sql.cell("SELECT count(*) FROM entry WHERE kind = 'relation' AND body LIKE '%co-issuer%'") == "1");
    const std::map<std::string, std::string> attributes{
        {"schemaVersion", "X0708"},
        {"relatedPersonsList/relatedPersonInfo/relatedPersonRelationshipList/relationship[2]", "Director"},
        {"relatedPersonsList/relatedPersonInfo[2]/relatedPersonName/lastName", "Ostrander"},
        {"relatedPersonsList/relatedPersonInfo[2]/relationshipClarification", "Founder"},
        {"offeringData/issuerSize/revenueRange", "$1 - $1,000,000"},
        {"offeringData/federalExemptionsExclusions/item", "06b"},
        {"offeringData/federalExemptionsExclusions/item[2]", "3C.1"},
        {"offeringData/salesCompensationList/recipient/recipientName", "Placement Example LLC"},
        {"offeringData/salesCompensationList/recipient/statesOfSolicitationList/state[2]", "NJ"},
        {"offeringData/businessCombinationTransaction/clarificationOfResponse", "A merger"},
        {"offeringData/typesOfSecuritiesOffered/descriptionOfOtherType", "Warrants"},
        {"offeringData/signatureBlock/signature[2]/signatureDate", "2024-01-10"},
        {"offeringData/offeringSalesAmounts/clarificationOfResponse", "Includes warrants"},
        {"offeringData/useOfProceeds/clarificationOfResponse", "Salaries"},
        {"securities", "equity, option, other"}};
    for (const auto& [name, value] : attributes) {
        const std::string attribute = name;
        CAPTURE(attribute);
        CHECK(sql.cell("SELECT value FROM attributes WHERE name = '" + name + "' AND round IS NOT NULL") ==
              value);
    }
    CHECK(sql.cell("SELECT market FROM parties WHERE name = 'Bracken Robotics, Inc.'") == "Other Technology");
    CHECK(sql.rows("SELECT name, stage, status FROM rounds") == std::vector<std::string>{"null|null|null"});
    CHECK(ledger.verify().ok);
}

TEST_CASE("a notice reads the same in every wrapping") {
    const std::string xml = notice(plain_filing());
    const std::string wrapped = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n" +
                                submission(plain_filing()) + "-----END PRIVACY-ENHANCED MESSAGE-----\n";
    const std::string latin =
        replaced(replaced(xml, "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='ISO-8859-1'?>"),
                 "Ada", "Chlo\xE9");
    struct Row {
        std::string name;
        std::string contents;
        std::string source;
    };
    const std::string document = "form-d:0007100001-24-000001/document";
    const std::string full = "form-d:0007100001-24-000001";
    for (const Row& row : std::vector<Row>{
             {plain_name, xml, document},
             {"000710000124000001-primary_doc.xml", xml, document},
             {plain_name, "\n \t\r\n" + xml, document},
             {plain_name, "\xEF\xBB\xBF" + xml, document},
             {plain_name, "\xEF\xBB\xBF\n" + xml, document},
             {plain_name, "\n\xEF\xBB\xBF" + xml, document},
             {plain_name, latin, document},
             {"a.txt", submission(plain_filing()), full},
             {"a.nc",
              "<SUBMISSION>\n<ACCESSION-NUMBER>0007100001-24-000001\n<TYPE>D\n<FILING-DATE>20240110\n<"
              "DOCUMENT>\n<XML>\n" +
                  xml + "</XML>\n",
              full},
             {"a.ori", wrapped, full},
             {"a.txt", "\xEF\xBB\xBF" + submission(plain_filing()), full},
         }) {
        CAPTURE(row.name);
        CAPTURE(row.contents.substr(0, 60));
        Ledger ledger = imported(row.contents, row.name);
        CHECK(figures(ledger, "cik:0007100001") ==
              "5000000 USD offered, 2000000 USD sold, 3000000 USD remaining, first sale 2024-01-05, 4 "
              "investors (-), "
              "minimum 0 USD, paid 0 USD / 0 USD / 0 USD");
        CHECK(ledger.claims_of_kind(EntryKind::round).front().entry.source == row.source);
    }
    Ledger ledger = imported(latin);
    std::string bodies;
    ledger.for_each_entry([&](const LogEntry& entry) { bodies += entry.body; });
    CHECK(bodies.find("Chloé") != std::string::npos);
}

TEST_CASE("a notice: schema versions X0301 to X0808") {
    for (const char* version :
         {"X0301", "X0402", "X0500", "X0603", "X0701", "X0704", "X0706", "X0707", "X0708", "X0808"}) {
        CAPTURE(version);
        Ledger ledger = imported(replaced(notice(plain_filing()), "X0708", version));
        CHECK(total_of(ledger, "cik:0007100001") == "2000000.00 USD over 1, 0 undisclosed");
    }
}

TEST_CASE("a full submission: its header is kept, a wrapper around it is not") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    import(ledger, {form_d_fixture("submission.txt")});
    Sql sql(folder / "l.db");
    CHECK(sql.rows("SELECT name, value FROM attributes WHERE name LIKE 'header/%' OR name IN ('sicCode', "
                   "'fileNumber') "
                   "ORDER BY name") ==
          std::vector<std::string>{
              "fileNumber|021-700003", "header/ACCEPTANCE-DATETIME|20240220114812",
              "header/ACCESSION NUMBER|0007000003-24-000001",
              "header/COMPANY CONFORMED NAME|Cobalt Growth Fund LP", "header/CONFORMED SUBMISSION TYPE|D",
              "header/FILED AS OF DATE|20240220", "header/FILENAME|primary_doc.xml", "header/FORM TYPE|D",
              "header/SEC FILE NUMBER|021-700003", "header/SEC-DOCUMENT|0007000003-24-000001.txt : 20240220",
              "header/SEC-HEADER|0007000003-24-000001.hdr.sgml : 20240220", "header/SEQUENCE|1",
              "header/STANDARD INDUSTRIAL CLASSIFICATION|[0000]", "header/TYPE|D", "sicCode|[0000]"});
    CHECK(sql.cell("SELECT id || ' ' || published FROM sources") == "form-d:0007000003-24-000001 2024-02-20");
}

TEST_CASE("a fund that sells nothing yet: open, indefinite, and left out of totals on demand") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    import(ledger, {form_d_fixture("submission.txt")});
    CHECK(figures(ledger, "cik:0007000003") ==
          "indefinite offered, 0 USD sold, indefinite remaining, first sale -, 0 investors (-), minimum -, "
          "paid - / - / -");
    CHECK(states_of(ledger, "cik:0007000003") == "open");
    CHECK(codes(ledger, "cik:0007000003").empty());
    TotalQuery query;
    query.exclude_funds = true;
    CHECK(text_of(ledger.total_raised("cik:0007000003")) == "0.00 USD over 1, 0 undisclosed");
    CHECK(text_of(ledger.total_raised("cik:0007000003", query)) == "nothing");
    Sql sql(folder / "l.db");
    CHECK(sql.cell("SELECT fund_type FROM rounds") == "Venture Capital Fund");
    CHECK(sql.cell("SELECT type FROM parties") == "fund");
}

TEST_CASE("an amendment restates the figures as of its own day, whichever comes first") {
    TempFolder folder;
    write_file(folder / "first.txt", submission(plain_filing()));
    write_file(folder / "second.txt", submission(plain_amendment()));
    for (const bool late : {false, true}) {
        CAPTURE(late);
        Ledger ledger = in_memory();
        import(ledger, {folder / (late ? "second.txt" : "first.txt")});
        CHECK(text_of(import(ledger, {folder / (late ? "first.txt" : "second.txt")})) ==
              (late ? "1 imported, 0 unchanged, 0 superseded, 0 refused"
                    : "1 imported, 0 unchanged, 1 superseded, 0 refused"));
        CHECK(total_of(ledger, "cik:0007100001") == "4500000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(ledger, "cik:0007100001", "2024-06-10") == "4500000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(ledger, "cik:0007100001", "2024-06-09") == "2000000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(ledger, "cik:0007100001", "2024-01") == "2000000.00 USD over 1, 0 undisclosed");
        CHECK(ledger.verify().ok);
    }
}

TEST_CASE("amendments: what they may say of the filing that they amend") {
    struct Row {
        std::string_view previous;
        std::string_view total;
    };
    for (const Row& row : std::vector<Row>{
             {"0007100001-24-000001", "4500000.00 USD over 1, 0 undisclosed"},
             {"7100001-24-1", "4500000.00 USD over 1, 0 undisclosed"},  // the schema lets leading zeros go
             {"000710000124000001", "4500000.00 USD over 1, 0 undisclosed"},
             {"0007100001-24-000002", "6500000.00 USD over 2, 0 undisclosed"},  // itself: amends nothing
             {"0007100001-23-000009", "6500000.00 USD over 2, 0 undisclosed"},  // a filing that is missing
         }) {
        CAPTURE(row.previous);
        TempFolder folder;
        write_file(folder / "first.txt", submission(plain_filing()));
        write_file(folder / "second.txt",
                   replaced(submission(plain_amendment()), "<previousAccessionNumber>0007100001-24-000001",
                            "<previousAccessionNumber>" + std::string(row.previous)));
        Ledger ledger = in_memory();
        import(ledger, {folder.path()});
        CHECK(total_of(ledger, "cik:0007100001") == row.total);
        CHECK(ledger.verify().ok);
    }
}

TEST_CASE("a notice between two others that is missing does not make two rounds: the file number is one") {
    TempFolder folder;
    Filing third = plain_amendment();
    third.accession = "0007100001-24-000003";
    third.previous_accession = "0007100001-24-000002";
    third.file_number = "021-100001";
    form_d_generator::write_notices(folder.path(), {plain_filing(), third}, ".txt");
    Ledger ledger = in_memory();
    import(ledger, {folder.path()});
    CHECK(total_of(ledger, "cik:0007100001") == "4500000.00 USD over 1, 0 undisclosed");
    CHECK(ledger.verify().ok);
}

TEST_CASE("an amendment whose notice before is missing joins the one round of its first sale") {
    Filing lost = plain_amendment();
    lost.previous_accession = "0007100001-23-000009";
    Filing other = plain_filing();
    other.accession = "0007100001-24-000005";
    other.sold = 1'000'000;
    other.remaining = 4'000'000;
    Filing other_sale = other;
    other_sale.first_sale = "2024-01-06";
    Filing lost_notes = lost;
    lost_notes.security = "isDebtType";
    struct Row {
        std::string_view what;
        std::vector<Filing> filings;
        std::string_view total;
        std::vector<std::string> found;
    };
    for (const Row& row : std::vector<Row>{
             {"one notice", {plain_filing(), lost}, "4500000.00 USD over 1, 0 undisclosed", {}},
             {"none", {lost}, "4500000.00 USD over 1, 0 undisclosed", {}},
             {"one of another sale", {other_sale, lost}, "5500000.00 USD over 2, 0 undisclosed", {}},
             {"one of its sale beside one of another",
              {plain_filing(), other_sale, lost},
              "5500000.00 USD over 2, 0 undisclosed",
              {}},
             {"one of another instrument",
              {plain_filing(), lost_notes},
              "2000000.00 USD over 1, 0 undisclosed",
              {"amendment-gap"}},
             {"two that it may amend",
              {plain_filing(), other, lost},
              "7500000.00 USD over 3, 0 undisclosed",
              {"amendment-gap"}},
         }) {
        CAPTURE(row.what);
        for (const bool reversed : {false, true}) {
            // Documents alone, which tell no file number.
            TempFolder folder;
            std::vector<std::filesystem::path> files;
            for (const Filing& filing : row.filings) {
                files.push_back(folder / (filing.accession + ".xml"));
                write_file(files.back(), notice(filing));
            }
            if (reversed) std::reverse(files.begin(), files.end());
            Ledger ledger = in_memory();
            import(ledger, files);
            CHECK(total_of(ledger, "cik:0007100001") == row.total);
            CHECK(codes(ledger, "cik:0007100001") == row.found);
            CHECK(ledger.verify().ok);
        }
    }
}

TEST_CASE("amendments that amend one another in a ring are one round") {
    TempFolder folder;
    Filing first = plain_filing();
    first.previous_accession = plain_amendment().accession;
    write_file(folder / "first.txt", submission(first));
    write_file(folder / "second.txt", submission(plain_amendment()));
    Ledger ledger = in_memory();
    import(ledger, {folder.path()});
    CHECK(total_of(ledger, "cik:0007100001") == "4500000.00 USD over 1, 0 undisclosed");
    CHECK(ledger.verify().ok);
}

TEST_CASE("two offerings of one issuer are two rounds; one CIK is one party, one name is not") {
    TempFolder folder;
    Filing second = plain_filing();
    second.accession = "0007100001-24-000007";
    second.issuers.front().name = "Dapple Kitchens, Inc.";
    Filing namesake = plain_filing();
    namesake.accession = "0007100009-24-000001";
    namesake.issuers.front().cik = "0007100009";
    form_d_generator::write_notices(folder.path(), {plain_filing(), second, namesake}, ".txt");
    Ledger ledger = in_memory();
    import(ledger, {folder.path()});
    CHECK(total_of(ledger, "cik:0007100001") == "4000000.00 USD over 2, 0 undisclosed");
    CHECK(total_of(ledger, "Dapple Kitchens, Inc.") == "4000000.00 USD over 2, 0 undisclosed");
    CHECK(total_of(ledger, "cik:0007100009") == "2000000.00 USD over 1, 0 undisclosed");
}

TEST_CASE("names and predecessors that point at another issuer do not mix the two") {
    Filing renamed = plain_filing();
    renamed.accession = "0007100008-24-000001";
    renamed.issuers.front() = {"0007100008", "Kestrel Foods, Inc.",
                               "Dapple Foods, Inc."};  // the other's name
    Filing astray = plain_amendment();
    astray.accession = "0007100009-24-000002";
    astray.issuers.front() = {"0007100009", "Lumen Energy, Inc.", ""};  // amends a filing of another issuer
    std::vector<Filing> all{plain_filing(), renamed, astray};
    std::optional<Digest> digest;
    for (int order = 0; order < 6; ++order) {
        CAPTURE(order);
        TempFolder folder;
        form_d_generator::write_notices(folder.path(), all, ".txt");
        Ledger ledger = in_memory();
        for (const Filing& filing : all) import(ledger, {folder / (filing.accession + ".txt")});
        if (!digest) digest = ledger.digest();
        CHECK(ledger.digest() == *digest);
        CHECK(total_of(ledger, "cik:0007100001") == "2000000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(ledger, "cik:0007100008") == "2000000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(ledger, "cik:0007100009") == "4500000.00 USD over 1, 0 undisclosed");
        CHECK(ledger.verify().ok);
        std::next_permutation(all.begin(), all.end(),
                              [](const Filing& a, const Filing& b) { return a.accession < b.accession; });
    }
}

TEST_CASE("untidy notices are imported, and reconcile says what is odd about them") {
    struct Row {
        std::string_view what;
        Filing filing;
        std::vector<std::string> found;
    };
    const auto with = [](const auto& change) {
        Filing filing = plain_filing();
        change(filing);
        return filing;
    };
    for (const Row& row : std::vector<Row>{
             {"tidy", plain_filing(), {}},
             {"sold + remaining", with([](Filing& f) { f.remaining = 1; }), {"offering"}},
             {"commissions", with([](Filing& f) { f.commissions = 2'000'001; }), {"commissions"}},
             {"non-accredited, none counted",
              with([](Filing& f) { f.non_accredited = true; }),
              {"non-accredited"}},
             {"signed before the sale",
              with([](Filing& f) { f.signed_on = "2024-01-04"; }),
              {"signature-date"}},
         }) {
        CAPTURE(row.what);
        Ledger ledger = imported(submission(row.filing), "a.txt");
        CHECK(codes(ledger, "cik:0007100001") == row.found);
    }
}

TEST_CASE("a notice's boxes and description tell its instrument; what they only let one guess is a finding") {
    struct Row {
        std::string_view boxes;
        std::string_view description;
        std::string_view instrument;
        bool is_guess;
    };
    const std::string types = "<typesOfSecuritiesOffered>";
    for (const Row& row : std::vector<Row>{
             {"Equity", "", "equity", false},
             {"Equity Other", "SAFE", "equity", false},
             {"Debt", "", "debt", false},
             {"Debt OptionToAcquire", "", "convertible-note", true},
             {"Debt SecurityToBeAcquired", "", "convertible-note", true},
             {"Debt OptionToAcquire Other", "Loan with warrants", "debt", false},
             {"Debt OptionToAcquire Other", "Line of credit", "debt", false},
             {"Debt OptionToAcquire Other", "Convertible Promissory Notes", "convertible-note", true},
             {"Other", "Simple Agreement for Future Equity", "safe", true},
             {"Other", "SAFEs", "safe", true},
             {"OptionToAcquire Other", "S.A.F.E. (post-money)", "safe", true},
             {"Other", "Simple Agreements for Equity", "safe", true},
             {"Other", "exempt under a safe harbor", "other", false},
             {"Other", "Simple Agreement for Future Tokens", "other", false},
             {"Other", "convertible notes and shares", "convertible-note", true},
             {"OptionToAcquire", "", "other", true},
             {"OptionToAcquire SecurityToBeAcquired", "", "other", true},
             {"OptionToAcquire Other", "Warrants", "other", false},
         }) {
        CAPTURE(row.boxes);
        CAPTURE(row.description);
        std::string xml = notice(plain_filing());
        const std::size_t from = xml.find(types) + types.size();
        std::string ticked;
        std::istringstream boxes{std::string(row.boxes)};
        for (std::string box; boxes >> box;) ticked += "<is" + box + "Type>true</is" + box + "Type>";
        if (!row.description.empty()) {
            ticked += "<descriptionOfOtherType>" + std::string(row.description) + "</descriptionOfOtherType>";
        }
        xml.replace(from, xml.find("</typesOfSecuritiesOffered>") - from, ticked);
        Ledger ledger = imported(xml);
        const Dossier dossier = ledger.dossier("cik:0007100001");
        const ResolvedCompany company = resolve(dossier);
        REQUIRE(company.rounds.size() == 1);
        CHECK(to_string(company.rounds[0].instrument.value()) == row.instrument);
        const auto found = codes(ledger, "cik:0007100001");
        CHECK(std::count(found.begin(), found.end(), "instrument-inferred") == (row.is_guess ? 1 : 0));
        // Whoever says it settles it.
        apply_text(ledger, R"({"kind":"round","round":")" + company.rounds[0].handle +
                               R"(","instrument":"safe"})" + "\n");
        const auto settled = codes(ledger, "cik:0007100001");
        CHECK(std::count(settled.begin(), settled.end(), "instrument-inferred") == 0);
    }
}

TEST_CASE("a notice whose type and amendment flag contradict each other is a finding") {
    const std::string xml = notice(plain_filing());
    Ledger ledger = imported(replaced(xml, "<isAmendment>false", "<isAmendment>true"));
    CHECK(codes(ledger, "cik:0007100001") == std::vector<std::string>{"submission-type"});
}

TEST_CASE("a part that was cut from a submission with its <XML> tags is read") {
    Ledger ledger = imported("\n<XML>\n" + notice(plain_filing()) + "</XML>\n");
    CHECK(ledger.dossier("cik:0007100001").claims.size() > 0);
    const std::string message = refusal(
        "<XML>\n" + replaced(notice(plain_filing()), "<totalAmountSold>2000000", "<totalAmountSold>x") +
        "</XML>\n");
    CHECK(message.starts_with(plain_name + ":81: field \"offeringSalesAmounts/totalAmountSold\""));
}

TEST_CASE("reconcile says when an amendment lists the issuers in another order") {
    Filing first = plain_filing();
    first.issuers.push_back({"0007100002", "Dapple Foods Holding", ""});
    Filing second = plain_amendment();
    second.issuers = {first.issuers[1], first.issuers[0]};
    const std::vector<std::string> found{"amends-other-company"};
    for (const bool backwards : {false, true}) {
        TempFolder folder;
        write_file(folder / (backwards ? "b.txt" : "a.txt"), submission(first));
        write_file(folder / (backwards ? "a.txt" : "b.txt"), submission(second));
        Ledger ledger = in_memory();
        CHECK(text_of(import(ledger, {folder.path()})).starts_with("2 imported"));
        CHECK(codes(ledger, "cik:0007100001").empty());
        CHECK(codes(ledger, "cik:0007100002") == found);
        const auto all = ledger.reconcile();
        const auto at = std::find_if(all.begin(), all.end(), [](const Finding& finding) {
            return finding.code == FindingCode::amends_other_company;
        });
        REQUIRE(at != all.end());
        CHECK(at->company == "Dapple Foods Holding");
        CHECK(at->round == "form-d:" + second.accession);
        CHECK(at->stated == "form-d:" + first.accession);
        CHECK(at->message ==
              "amends a round of \"Dapple Foods, Inc.\": what was raised counts with both companies");
        const Viewpoint before{.as_of = PartialDate::parse("2024-03-01")};
        CHECK(ledger.reconcile("cik:0007100002", before).empty());
    }
}

TEST_CASE("importing again changes nothing, whatever the overlap") {
    TempFolder folder;
    form_d_generator::write_notices(folder / "a", {plain_filing(), plain_amendment()}, ".xml");
    write_zip(folder / "b.zip", {{"deep/down/" + plain_name, notice(plain_filing())}});
    Ledger ledger = in_memory();
    CHECK(text_of(import(ledger, {folder / "a"})) == "2 imported, 0 unchanged, 1 superseded, 0 refused");
    const Digest digest = ledger.digest();
    CHECK(text_of(import(ledger, {folder / "a", folder / "b.zip", folder.path()})) ==
          "0 imported, 6 unchanged, 0 superseded, 0 refused");
    CHECK(ledger.digest() == digest);
}

TEST_CASE("what has no number is known by its values, not by its bytes") {
    TempFolder folder;
    const std::string xml = notice(plain_filing());
    write_file(folder / "a.xml", xml);
    write_file(folder / "b.xml",
               "\n\xEF\xBB\xBF" + replaced(xml, "<offeringData>\n", "<offeringData>\r\n\r\n"));
    Ledger ledger = in_memory();
    CHECK(text_of(import(ledger, {folder.path()})) == "1 imported, 1 unchanged, 0 superseded, 0 refused");
    const auto source = ledger.claims_of_kind(EntryKind::round).front().entry.source.value();
    CHECK(source.starts_with("form-d:sha256:"));
    CHECK(source.size() == std::string("form-d:sha256:/document").size() + 64);
}

TEST_CASE("EDGAR's folders: a primary_doc.xml is known by the folder that it stands in") {
    TempFolder folder;
    std::filesystem::create_directories(folder / "7100001/000710000124000001");
    write_file(folder / "7100001/000710000124000001/primary_doc.xml", notice(plain_filing()));
    Ledger ledger = in_memory();
    import(ledger, {folder.path()});
    CHECK(ledger.claims_of_kind(EntryKind::round).front().as<RoundStatement>()->round ==
          "form-d:0007100001-24-000001");
}

TEST_CASE("folders and archives: what is none of the known files is passed over") {
    TempFolder folder;
    write_file(folder / "README.md", "<?xml no notice");
    write_file(folder / "schema.xsd", "<?xml version=\"1.0\"?><schema/>");
    write_file(folder / "noext", submission(plain_filing()));
    write_zip(folder / "a.zip",
              {{"__MACOSX/._a.xml", "junk"}, {"readme.htm", "<html>"}, {plain_name, notice(plain_filing())}});
    Ledger ledger = in_memory();
    CHECK(import(ledger, {folder.path()}).files == 2);
}

TEST_CASE("archives: hostile members do no harm") {
    TempFolder folder;
    write_zip(folder / "traversal.zip", {{"../../../../tmp/" + plain_name, notice(plain_filing())}});
    write_zip(folder / "encrypted.zip", {{"a.xml", notice(plain_filing())}}, true);
    write_file(folder / "broken.zip", "PK\x03\x04 and nothing behind");
    Ledger ledger = in_memory();
    CHECK(text_of(import(ledger, {folder / "traversal.zip"})) ==
          "1 imported, 0 unchanged, 0 superseded, 0 refused");
    const std::string path = folder.path().string();
    CHECK(error_of([&] { import(ledger, {folder / "encrypted.zip"}); }) ==
          path + "/encrypted.zip/a.xml: cannot be read: it is encrypted [io]");
    CHECK(error_of([&] {
              import(ledger, {folder / "broken.zip"});
          }).starts_with(path + "/broken.zip: cannot be read: "));
    write_zip(folder / "bomb.zip", {{"a.xml", std::string((std::size_t{256} << 20U) + 1, ' ')}});
    CHECK(std::filesystem::file_size(folder / "bomb.zip") < (std::size_t{1} << 20U));
    CHECK(error_of([&] { import(ledger, {folder / "bomb.zip"}); }) ==
          path + "/bomb.zip/a.xml: is larger than 256 MiB [out-of-range]");
    CHECK(error_of([&] { import(ledger, {folder / "none.zip"}); }) ==
          path + "/none.zip: no such file or folder [no-such-file]");
}

TEST_CASE("refusals: file, line, element, value and what was expected") {
    const std::string xml = notice(plain_filing());
    struct Row {
        std::string_view from;
        std::string_view to;
        std::string_view message;  // without the name of the file
    };
    const std::string sales = "offeringSalesAmounts/";
    for (
        const Row& row : std::vector<Row>{
            {"<totalAmountSold>2000000", "<totalAmountSold>2,000,000",
             R"(80: field "offeringSalesAmounts/totalAmountSold": got "2,000,000", expected whole dollars, of digits only [bad-number])"},
            {"<totalAmountSold>2000000", "<totalAmountSold>-5",
             R"(80: field "offeringSalesAmounts/totalAmountSold": got "-5", expected whole dollars, of digits only [bad-number])"},
            {"<totalOfferingAmount>5000000", "<totalOfferingAmount>unlimited",
             R"(79: field "offeringSalesAmounts/totalOfferingAmount": got "unlimited", expected whole dollars, of digits only, or Indefinite [bad-number])"},
            {"<totalAmountSold>2000000</totalAmountSold>",
             "<totalAmountSold>2000000</totalAmountSold>\n<totalAmountSold>7</totalAmountSold>",
             R"(81: field "offeringSalesAmounts/totalAmountSold[2]": is there twice, expected once [bad-xml])"},
            {"<offeringSalesAmounts>",
             "<offeringSalesAmounts><totalAmountSold>9</totalAmountSold></offeringSalesAmounts>\n"
             "<offeringSalesAmounts>",
             R"(81: field "offeringSalesAmounts[2]": is there twice, expected once [bad-xml])"},
            {"<totalAmountSold>2000000", "<totalAmountSold>2000000<b>5</b>",
             R"(80: text beside the elements in offeringData/offeringSalesAmounts/totalAmountSold, expected either [bad-xml])"},
            {"</edgarSubmission>", "</edgarSubmission>\n<edgarSubmission/>",
             R"(112: not well-formed: something behind or before the outermost element [bad-xml])"},
            {"<dateOfFirstSale>\n<value>2024-01-05", "<dateOfFirstSale>\n\n<value>2024-02-30",
             R"(64: field "typeOfFiling/dateOfFirstSale/value": got "2024-02-30", expected YYYY-MM-DD [bad-date])"},
            {"<signatureDate>2024-01-09", "<signatureDate>2024",
             R"(107: field "signatureBlock/signature/signatureDate": got "2024", expected YYYY-MM-DD [bad-date])"},
            {"<signatureDate>2024-01-09", "<signatureDate>2024-01-09T??",
             R"(107: field "signatureBlock/signature/signatureDate": got "2024-01-09T??", expected YYYY-MM-DD [bad-date])"},
            {"<totalNumberAlreadyInvested>4", "<totalNumberAlreadyInvested>four",
             R"(85: field "investors/totalNumberAlreadyInvested": got "four", expected a whole number, of digits only [bad-number])"},
            {"<isEquityType>true", "<isEquityType>perhaps",
             R"(70: field "typesOfSecuritiesOffered/isEquityType": got "perhaps", expected true or false [bad-word])"},
            {"<submissionType>D<", "<submissionType>C<",
             R"(4: field "submissionType": got "C", expected D or D/A [bad-word])"},
            {"<cik>0007100001", "<cik>71000-1",
             R"(7: field "primaryIssuer/cik": got "71000-1", expected a CIK of at most ten digits [bad-number])"},
            {"<cik>0007100001</cik>\n", "",
             R"(7: field "primaryIssuer/cik": missing, expected in every Form D [missing-field])"},
            {"<isAmendment>false</isAmendment>", "<previousAccessionNumber>none</previousAccessionNumber>",
             R"(60: field "typeOfFiling/newOrAmendment/previousAccessionNumber": got "none", expected an accession number, nnnnnnnnnn-nn-nnnnnn [bad-text])"},
            {"<edgarSubmission>",
             "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<edgarSubmission>",
             R"(2: a DOCTYPE, expected none: a Form D has no entities [bad-xml])"},
            {"</offeringData>", "", R"(111: not well-formed: Start-end tags mismatch [bad-xml])"},
            {"edgarSubmission>", "other>", R"(111: not well-formed: Start-end tags mismatch [bad-xml])"},
            {"<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"KOI8-R\"?>",
             R"(1: got "KOI8-R", expected the encoding UTF-8, US-ASCII or ISO-8859-1 [bad-xml])"},
            {"Ada", "Chlo\xE9", R"(1: is no valid UTF-8 [bad-text])"},
        }) {
        CAPTURE(row.to);
        CHECK(refusal(replaced(xml, row.from, row.to)) == plain_name + ":" + std::string(row.message));
    }
    const std::string huge =
        refusal(replaced(xml, "<totalAmountSold>2000000", "<totalAmountSold>99999999999999999999"));
    CHECK(huge.starts_with(plain_name + ":80: field \"" + sales + "totalAmountSold\": "));
    CHECK(huge.ends_with("[overflow]"));
}

TEST_CASE("refusals: what is no notice at all") {
    std::string nested = "<edgarSubmission>";
    for (int i = 0; i < 100; ++i) nested += "<a>";
    nested += "1";
    for (int i = 0; i < 100; ++i) nested += "</a>";
    const std::string xml = notice(plain_filing());
    const std::string full = submission(plain_filing());
    struct Row {
        std::string_view name;
        std::string contents;
        std::string_view message;
    };
    for (const Row& row : std::vector<Row>{
             {"a.xml", "", "a.xml: is neither a Form D nor a table of the data set [bad-xml]"},
             {"a.xml", "no notice", "a.xml: is neither a Form D nor a table of the data set [bad-xml]"},
             {"a.xml", replaced(xml, "<testOrLive>LIVE", "<testOrLive>TEST"),
              "a.xml:5: field \"testOrLive\": got \"TEST\", expected LIVE: a test is no filing [bad-word]"},
             {"a.xml",
              "<edgarSubmission><headerData>\n<submissionType>SCHEDULE 13D</submissionType></headerData>"
              "</edgarSubmission>",
              "a.xml:1: is a form SCHEDULE 13D, expected a Form D [bad-xml]"},
             {"a.xml", "<!DOCTYPE html>\n<html><p>Form D</html>",
              "a.xml:1: is an HTML page, a notice as it is shown or a list of files, expected a Form D: take "
              "the "
              "filing's primary_doc.xml, or its full submission in text [bad-xml]"},
             {"a.xml", "<edgar/>", "a.xml:1: no element edgarSubmission, expected a Form D [bad-xml]"},
             {"a.xml", nested + "</edgarSubmission>",
              "a.xml:1: elements are nested too deep for a Form D [bad-xml]"},
             {"a.xml", "<!-- " + std::string(std::size_t{16} << 20U, '-') + xml,
              "a.xml: is larger than 16 MiB, expected a Form D [out-of-range]"},
             {"a.txt", "<SEC-DOCUMENT>a\n",
              "a.txt:1: no document between <XML> and </XML>, expected the one of a Form D [bad-xml]"},
             {"a.txt", full + full,
              "a.txt:135: another submission begins here, expected a file for each [bad-xml]"},
             {"a.txt", replaced(full, "FILED AS OF DATE:\t\t20240110", "FILED AS OF DATE:\t\t20241301"),
              "a.txt:5: field \"FILED AS OF DATE\": got \"20241301\", expected YYYYMMDD [bad-date]"},
             {"a.txt", replaced(full, "<totalAmountSold>2000000", "<totalAmountSold>x"),
              "a.txt:98: field \"offeringSalesAmounts/totalAmountSold\": got \"x\", expected "
              "whole dollars, of digits "
              "only [bad-number]"},
         }) {
        CAPTURE(row.message);
        CHECK(refusal(row.contents, std::string(row.name)) == row.message);
    }
}

TEST_CASE("text that comments and CDATA sections part is one text") {
    const std::string xml = notice(plain_filing());
    for (const char* parted : {"2000<!-- thousand -->000", "2<![CDATA[000000]]>", "20<?a b?>00000"}) {
        CAPTURE(parted);
        const Ledger ledger =
            imported(replaced(xml, "<totalAmountSold>2000000", "<totalAmountSold>" + std::string(parted)));
        CHECK(ledger.total_raised("Dapple Foods, Inc.").front().known->to_string() == "2000000.00 USD");
    }
}

TEST_CASE("of a submission the document that is a Form D is taken, wherever it stands") {
    const std::string full = submission(plain_filing());
    const Ledger ledger =
        imported(replaced(full, "<XML>", "<XML>\n<other/>\n</XML>\n<XML>"), "0007100001-24-000001.txt");
    CHECK(ledger.total_raised("Dapple Foods, Inc.").front().known->to_string() == "2000000.00 USD");
}

TEST_CASE("a bad file is refused whole; with keep_going the others are imported") {
    TempFolder folder;
    write_file(folder / "1.txt", submission(plain_filing()));
    write_file(folder / "2.txt",
               replaced(submission(plain_amendment()), "<totalAmountSold>4500000", "<totalAmountSold>x"));
    Filing other = plain_filing();
    other.accession = "0007100005-24-000001";
    other.issuers.front() = {"0007100005", "Inkwell Studio, Inc.", ""};
    write_file(folder / "3.txt", submission(other));
    Ledger ledger = in_memory();
    CHECK(error_of([&] { import(ledger, {folder.path()}); }).starts_with((folder / "2.txt:").string()));
    CHECK(ledger.size() == 0);
    CHECK(text_of(import(ledger, {folder.path()}, true)) ==
          "2 imported, 0 unchanged, 0 superseded, 1 refused");
    CHECK(total_of(ledger, "cik:0007100005") == "2000000.00 USD over 1, 0 undisclosed");
}

TEST_CASE("an import ends at the first file that it refuses, however many come after it") {
    TempFolder folder;
    const auto all = form_d_generator::filings({.count = 400, .seed = 1});
    form_d_generator::write_notices(folder.path(), all, ".xml");
    write_file(folder / "0.xml", "<?xml version=\"1.0\"?><no/>");
    std::uint64_t files = 0;
    ImportOptions options;
    options.progress = [&](const Progress& progress) { files = progress.done; };
    const std::array<std::filesystem::path, 1> paths{folder.path()};
    Ledger ledger = in_memory();
    CHECK(
        error_of([&] { import_form_d(ledger, paths, options); }).starts_with((folder / "0.xml:1:").string()));
    CHECK(files < 200);  // about two blocks were read ahead
    CHECK(ledger.size() == 0);
}

TEST_CASE("any order of files, in any copies and mix, gives the same digest and the same totals") {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        INFO("seed " << seed);
        const auto all = form_d_generator::filings({.count = 36, .seed = seed});
        const auto part = [&](std::size_t from, std::size_t to) {
            return std::vector<Filing>(all.begin() + static_cast<std::ptrdiff_t>(from),
                                       all.begin() + static_cast<std::ptrdiff_t>(to));
        };
        TempFolder folder;
        form_d_generator::write_notices(folder / "xml", part(0, 18), ".xml");
        form_d_generator::write_notices(folder / "txt", part(9, 27), ".txt");
        form_d_generator::write_dataset(folder / "q1", part(18, 30));
        form_d_generator::write_dataset(folder / "q2", part(24, 36));
        Paths files{folder / "q1", folder / "q2"};
        for (const char* name : {"xml", "txt"}) {
            for (const auto& entry : std::filesystem::directory_iterator(folder / name))
                files.push_back(entry.path());
        }
        // The sums that the generator sold, from the last notice of each offering.
        std::map<std::string, const Filing*> last;
        for (const Filing& filing : all) {
            const Filing*& known = last[filing.issuers.front().cik];
            if (known == nullptr || known->accession.substr(14) < filing.accession.substr(14))
                known = &filing;
        }
        std::optional<Digest> digest;
        for (int order = 0; order < 3; ++order) {
            Ledger ledger = in_memory();
            std::sort(files.begin(), files.end());
            std::shuffle(files.begin(), files.end(),
                         std::mt19937_64(seed * 100 + static_cast<std::uint64_t>(order)));
            for (const auto& file : files) import(ledger, {file});
            if (order == 0) digest = ledger.digest();
            CHECK(ledger.digest() == *digest);
            for (const auto& [cik, filing] : last) {
                const std::string accession = filing->accession;
                CAPTURE(accession);
                const bool counts = filing->security == "isEquityType" || !filing->fund_type.empty();
                CHECK(total_of(ledger, "cik:" + cik) ==
                      (counts ? std::to_string(filing->sold) + ".00 USD over 1, 0 undisclosed" : "nothing"));
            }
            CHECK(ledger.verify().problem == "");
        }
        Ledger ledger = in_memory();
        import(ledger, {folder.path()});
        CHECK(ledger.digest() == *digest);
    }
}

TEST_CASE("real filings give the figures of their list of sources") {
    const std::filesystem::path folder =
        std::filesystem::path(POSTMONEY_SOURCE_DIR) / ".." / "shared" / "data" / "form-d";
    if (!std::filesystem::is_directory(folder)) {
        MESSAGE("skipped: no folder " << folder.string());
        return;
    }
    Ledger ledger = in_memory();
    CHECK(text_of(import(ledger, {folder})) == "14 imported, 0 unchanged, 0 superseded, 0 refused");
    struct Row {
        std::string_view cik;
        std::string_view figures;
    };
    for (const Row& row : std::vector<Row>{
             {"0001523260",
              "4500000 USD offered, 4500000 USD sold, 0 USD remaining, first sale 2011-07-07, 26 investors "
              "(-), minimum 60000 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0001610409",
              "indefinite offered, 300000 USD sold, indefinite remaining, first sale 2014-05-29, 2 investors "
              "(-), minimum 10000 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0001485913",
              "1000000 USD offered, 225000 USD sold, 775000 USD remaining, first sale 2010-02-17, 9 "
              "investors (-), minimum 25000 USD, paid 0 USD / 0 USD / about 50000 USD"},
             {"0001496539",
              "25000000 USD offered, 1135000 USD sold, 23865000 USD remaining, first sale 2007-09-24, 19 "
              "investors (-), minimum 5000 USD, paid about 1375000 USD / 0 USD / 0 USD"},
             {"0001517055",
              "448450 USD offered, 0 USD sold, 448450 USD remaining, first sale -, 0 investors (-), minimum "
              "11211 USD, paid 0 USD / 0 USD / 75000 USD"},
             {"0001585895",
              "5000000 USD offered, 25000 USD sold, 4975000 USD remaining, first sale 2013-08-21, 1 "
              "investors (-), minimum 25000 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0001640379",
              "1700000 USD offered, 1700000 USD sold, 0 USD remaining, first sale 2015-04-16, 11 investors "
              "(1), minimum 0 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0001757247",
              "indefinite offered, 354660000 USD sold, indefinite remaining, first sale 2018-10-12, 38 "
              "investors (-), minimum 10000 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0001829412",
              "6400010 USD offered, 6400010 USD sold, 0 USD remaining, first sale 2020-10-09, 11 investors "
              "(-), minimum 20000 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0001851508",
              "17947333 USD offered, 17947333 USD sold, 0 USD remaining, first sale 2021-09-15, 168 "
              "investors (-), minimum 25000 USD, paid 0 USD / 0 USD / 10000 USD"},
             {"0001544190",
              "8000000 USD offered, 5725051 USD sold, 2274949 USD remaining, first sale 2017-03-16, 13 "
              "investors (-), minimum 0 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0002002260",
              "indefinite offered, 0 USD sold, indefinite remaining, first sale -, 0 investors (-), minimum "
              "0 USD, paid 0 USD / 0 USD / about 0 USD"},
             {"0001781814",
              "50000000 USD offered, 48828287 USD sold, 1171713 USD remaining, first sale 2020-03-30, 10 "
              "investors (-), minimum 0 USD, paid 0 USD / 0 USD / 0 USD"},
             {"0001745524",
              "25000000 USD offered, 0 USD sold, 25000000 USD remaining, first sale -, 0 investors (-), "
              "minimum 0 USD, paid 0 USD / 0 USD / 0 USD"},
         }) {
        CAPTURE(row.cik);
        CHECK(figures(ledger, "cik:" + std::string(row.cik)) == row.figures);
    }
    const Digest digest = ledger.digest();
    CHECK(text_of(import(ledger, {folder})) == "0 imported, 14 unchanged, 0 superseded, 0 refused");
    CHECK(ledger.digest() == digest);
    CHECK(ledger.verify().ok);
}
