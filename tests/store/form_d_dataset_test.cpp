// The import of the SEC's quarterly Form D data set: six tables, as a folder or in a zip archive.
#include <doctest/doctest.h>

#include <array>

#include "form_d_files.hpp"

using namespace store_test;
using form_d_generator::Filing;

namespace {

constexpr std::array<const char*, 6> tables{"FORMDSUBMISSION", "ISSUERS",        "OFFERING",
                                            "RECIPIENTS",      "RELATEDPERSONS", "SIGNATURES"};

// The plain filing, its amendment, and a filing of another company with a second issuer and a sales
// recipient.
std::vector<Filing> three_filings() {
    Filing other = plain_filing();
    other.accession = "0007100005-24-000001";
    other.issuers = {{"0007100005", "Inkwell Studio, Inc.", "Inkwell LLC"},
                     {"0007100006", "Inkwell Feeder LP", ""}};
    other.first_sale = "";
    other.sold = 0;
    other.offered = other.remaining = std::nullopt;
    other.recipient = true;
    return {plain_filing(), plain_amendment(), other};
}

// A data set of the three filings in which one text of one table is replaced.
void write_changed(const std::filesystem::path& folder, const std::string& table, std::string_view from,
                   std::string_view to) {
    form_d_generator::write_dataset(folder, three_filings());
    const auto path = folder / (table + ".tsv");
    write_file(path, replaced(read_file(path), from, to));
}

}  // namespace

TEST_CASE("a data set: as a folder and in an archive, with dates of two and of four digits of the year") {
    TempFolder folder;
    form_d_generator::write_dataset(folder / "2024q1_d", three_filings());
    Members members{{"2024q1_d/FormD_readme.htm", "<html>a manual</html>"},
                    {"2024q1_d/FormD_metadata.json", "{}"}};
    for (const char* table : tables) {
        const std::string name = std::string(table) + ".tsv";
        members.emplace_back("2024q1_d/" + name, read_file(folder / "2024q1_d" / name));
    }
    write_zip(folder / "2024q1_d.zip", members);
    CHECK(members[2].second.find("10-JAN-24\t") != std::string::npos);
    CHECK(members[2].second.find("10-JUN-2024\t") != std::string::npos);
    std::optional<Digest> digest;
    for (const char* path : {"2024q1_d", "2024q1_d.zip"}) {
        CAPTURE(path);
        Ledger ledger = in_memory();
        CHECK(text_of(import(ledger, {folder / path})) == "3 imported, 0 unchanged, 1 superseded, 0 refused");
        CHECK(total_of(ledger, "cik:0007100001") == "4500000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(ledger, "cik:0007100001", "2024-06-09") == "2000000.00 USD over 1, 0 undisclosed");
        CHECK(figures(ledger, "cik:0007100005") ==
              "indefinite offered, 0 USD sold, indefinite remaining, first sale -, 4 investors (-), minimum "
              "0 USD, paid 0 USD "
              "/ 0 USD / 0 USD");
        CHECK(ledger.party("Inkwell LLC").name == "Inkwell Studio, Inc.");
        CHECK(text_of(import(ledger, {folder / path})) == "0 imported, 3 unchanged, 0 superseded, 0 refused");
        if (!digest) digest = ledger.digest();
        CHECK(ledger.digest() == *digest);
        CHECK(ledger.verify().ok);
    }
}

TEST_CASE("a data set: what has no column of its own has the name that the notice gives it") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    write_changed(folder / "set", "OFFERING", "\t06b\t", "\t06b, 3C,3C.7\t");
    import(ledger, {folder / "set"});
    Sql sql(folder / "l.db");
    const auto value = [&](const std::string& name) {
        return sql
            .rows("SELECT value FROM attributes WHERE round = 'form-d:0007100001-24-000001' AND name = '" +
                  name + "'")
            .front();
    };
    CHECK(value("offeringData/federalExemptionsExclusions/item") == "06b");
    CHECK(value("offeringData/federalExemptionsExclusions/item[3]") == "3C.7");
    CHECK(value("offeringData/issuerSize/revenueRange") == "Decline to Disclose");
    CHECK(value("relatedPersonsList/relatedPersonInfo/relatedPersonName/lastName") == "Quill");
    CHECK(value("relatedPersonsList/relatedPersonInfo/relatedPersonRelationshipList/relationship[2]") ==
          "Director");
    CHECK(value("offeringData/signatureBlock/signature/signatureTitle") == "Chief Executive Officer");
    CHECK(value("fileNumber") == "021-100001");
    CHECK(sql.cell("SELECT value FROM attributes WHERE name = "
                   "'offeringData/salesCompensationList/recipient/recipientName'") ==
          "Placement Example LLC");
    CHECK(sql.cell("SELECT count(*) FROM entry WHERE kind = 'relation' AND body LIKE '%co-issuer%'") == "1");
    CHECK(sql.cell("SELECT count(*) FROM attributes WHERE name LIKE '%SEQ_KEY'") == "0");
}

TEST_CASE("a data set: refusals name table, line, column and value") {
    struct Row {
        std::string table;
        std::string_view from;
        std::string_view to;
        std::string_view message;
    };
    for (
        const Row& row : std::vector<Row>{
            {"FORMDSUBMISSION", "10-JAN-24", "10-JAM-24",
             R"(FORMDSUBMISSION.tsv:2: field "FILING_DATE": got "10-JAM-24", expected DD-MON-YYYY or DD-MON-YY [bad-date])"},
            {"FORMDSUBMISSION", "10-JAN-24", "31-FEB-24",
             R"(FORMDSUBMISSION.tsv:2: field "FILING_DATE": got "31-FEB-24", expected DD-MON-YYYY or DD-MON-YY [bad-date])"},
            {"SIGNATURES", "09-JAN-24", "2024",
             R"(SIGNATURES.tsv:2: field "SIGNATUREDATE": got "2024", expected DD-MON-YYYY or DD-MON-YY [bad-date])"},
            {"FORMDSUBMISSION", "0007100001-24-000001\t", "7100001\t",
             R"(FORMDSUBMISSION.tsv:2: field "ACCESSIONNUMBER": got "7100001", expected an accession number, nnnnnnnnnn-nn-nnnnnn [bad-text])"},
            {"FORMDSUBMISSION", "\tD\t", "\tX\t",
             R"(FORMDSUBMISSION.tsv:2: field "SUBMISSIONTYPE": got "X", expected D or D/A [bad-word])"},
            {"OFFERING", "\t2000000\t", "\t2e6\t",
             R"(OFFERING.tsv:2: field "TOTALAMOUNTSOLD": got "2e6", expected whole dollars, of digits only [bad-number])"},
            {"OFFERING", "\t2000000\t", "\t", R"(OFFERING.tsv:2: 40 cells, expected 41 [bad-text])"},
            {"RELATEDPERSONS", "Ada\t", "Ada\t\t",
             R"(RELATEDPERSONS.tsv:2: 16 cells, expected 15 [bad-text])"},
            {"ISSUERS", "\t0007100001\t", "\tABC\t",
             R"(ISSUERS.tsv:2: field "CIK": got "ABC", expected a CIK of at most ten digits [bad-number])"},
            {"ISSUERS", "YES", "NO",
             R"(FORMDSUBMISSION.tsv:2: field "primaryIssuer/cik": missing, expected in every Form D [missing-field])"},
            {"ISSUERS", "0007100001-24-000001\t", "0007100001-24-000099\t",
             R"(ISSUERS.tsv: no row of 0007100001-24-000001, expected one [missing-field])"},
            {"RECIPIENTS", "0007100005-24-000001\t", "0007100099-24-000001\t",
             R"(RECIPIENTS.tsv:2: field "ACCESSIONNUMBER": got "0007100099-24-000001", expected a filing of the table FORMDSUBMISSION [missing-field])"},
            {"OFFERING", "\n0007100001-24-000002\t", "\n0007100001-24-000001\t",
             R"(OFFERING.tsv:3: a second row of this filing, unlike the first [duplicate-field])"},
            {"SIGNATURES", "ACCESSIONNUMBER", "NUMBER",
             R"(SIGNATURES.tsv:1: field "ACCESSIONNUMBER": missing, expected among the columns [missing-field])"},
            {"ISSUERS", "Dapple", "Dappl\xE9", R"(ISSUERS.tsv: is no valid UTF-8 [bad-text])"},
        }) {
        CAPTURE(row.message);
        TempFolder folder;
        write_changed(folder / "set", row.table, row.from, row.to);
        Ledger ledger = in_memory();
        CHECK(error_of([&] { import(ledger, {folder / "set"}); }) ==
              (folder / "set").string() + "/" + std::string(row.message));
        CHECK(ledger.size() == 0);
    }
}

TEST_CASE("a data set without a table that holds attributes alone is read, and says so") {
    for (const char* table : {"RECIPIENTS", "RELATEDPERSONS", "SIGNATURES"}) {
        TempFolder folder;
        form_d_generator::write_dataset(folder / "set", three_filings());
        std::filesystem::remove(folder / "set" / (std::string(table) + ".tsv"));
        Ledger ledger = in_memory();
        const ImportReport report = import(ledger, {folder / "set"});
        CHECK(report.imported == 3);
        CHECK(report.notes == std::vector<std::string>{(folder / "set").string() + ": the data set lacks " +
                                                       table + ".tsv, and is read without it"});
    }
}

TEST_CASE("a data set that lacks another table is refused") {
    for (const char* table : {"FORMDSUBMISSION", "ISSUERS", "OFFERING"}) {
        TempFolder folder;
        form_d_generator::write_dataset(folder / "set", three_filings());
        std::filesystem::remove(folder / "set" / (std::string(table) + ".tsv"));
        Ledger ledger = in_memory();
        CHECK(error_of([&] { import(ledger, {folder / "set"}); }) ==
              (folder / "set").string() + ": the data set lacks " + table + ".tsv [no-such-file]");
    }
}

TEST_CASE("with keep_going a bad row costs its filing, a bad table its data set") {
    TempFolder folder;
    write_changed(folder / "row", "OFFERING", "\t2000000\t", "\tx\t");
    Ledger ledger = in_memory();
    CHECK(text_of(import(ledger, {folder / "row"}, true)) ==
          "2 imported, 0 unchanged, 0 superseded, 1 refused");
    CHECK(total_of(ledger, "cik:0007100001", "2024-06-10") == "4500000.00 USD over 1, 0 undisclosed");
    write_changed(folder / "table", "RECIPIENTS", "Placement", "Pl\xE9");
    Ledger empty = in_memory();
    CHECK(text_of(import(empty, {folder / "table"}, true)) ==
          "0 imported, 0 unchanged, 0 superseded, 1 refused");
    CHECK(empty.size() == 0);
}

TEST_CASE("a data set and the notices of the same filings count the money once, in any order") {
    TempFolder folder;
    form_d_generator::write_dataset(folder / "set", three_filings());
    form_d_generator::write_notices(folder / "xml", three_filings(), ".xml");
    form_d_generator::write_notices(folder / "txt", three_filings(), ".txt");
    std::vector<Paths> orders{{folder / "set", folder / "xml", folder / "txt"},
                              {folder / "txt", folder / "set", folder / "xml"},
                              {folder / "xml", folder / "txt", folder / "set"}};
    std::optional<Digest> digest;
    for (const Paths& order : orders) {
        Ledger ledger = in_memory();
        for (const auto& path : order) import(ledger, {path});
        if (!digest) digest = ledger.digest();
        CHECK(ledger.digest() == *digest);
        CHECK(total_of(ledger, "cik:0007100001") == "4500000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(ledger, "cik:0007100001", "2024-06-09") == "2000000.00 USD over 1, 0 undisclosed");
    }
}

TEST_CASE("a generated data set of some size is imported, the same for the same seed") {
    TempFolder folder;
    const std::size_t count = 400;
    const auto filings = form_d_generator::filings({.count = count, .seed = 11});
    form_d_generator::write_dataset(folder / "a", filings);
    form_d_generator::write_dataset(folder / "b", form_d_generator::filings({.count = count, .seed = 11}));
    for (const char* table : tables) {
        const std::string name = std::string(table) + ".tsv";
        CHECK(read_file(folder / "a" / name) == read_file(folder / "b" / name));
    }
    Ledger ledger = in_memory();
    const ImportReport report = import(ledger, {folder / "a"});
    CHECK(report.imported == static_cast<std::int64_t>(count));
    CHECK(ledger.verify().ok);
}
