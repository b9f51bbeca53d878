#include "import/form_d/form_d_dataset.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/ascii.hpp"

namespace postmoney::detail {

namespace {

// A column of a table and the element of the XML notice that says the same. The element is empty for a column
// that only numbers the rows. A column that is not listed here is kept under its own name.
struct Column {
    std::string_view column;
    std::string_view path;
};

constexpr std::array<Column, 34> offering_columns{
    {{"INDUSTRYGROUPTYPE", "offeringData/industryGroup/industryGroupType"},
     {"INVESTMENTFUNDTYPE", "offeringData/industryGroup/investmentFundInfo/investmentFundType"},
     {"IS40ACT", "offeringData/industryGroup/investmentFundInfo/is40Act"},
     {"REVENUERANGE", "offeringData/issuerSize/revenueRange"},
     {"AGGREGATENETASSETVALUERANGE", "offeringData/issuerSize/aggregateNetAssetValueRange"},
     {"ISAMENDMENT", "offeringData/typeOfFiling/newOrAmendment/isAmendment"},
     {"PREVIOUSACCESSIONNUMBER", "offeringData/typeOfFiling/newOrAmendment/previousAccessionNumber"},
     {"SALE_DATE", "offeringData/typeOfFiling/dateOfFirstSale/value"},
     {"YETTOOCCUR", "offeringData/typeOfFiling/dateOfFirstSale/yetToOccur"},
     {"MORETHANONEYEAR", "offeringData/durationOfOffering/moreThanOneYear"},
     {"ISEQUITYTYPE", "offeringData/typesOfSecuritiesOffered/isEquityType"},
     {"ISDEBTTYPE", "offeringData/typesOfSecuritiesOffered/isDebtType"},
     {"ISOPTIONTOACQUIRETYPE", "offeringData/typesOfSecuritiesOffered/isOptionToAcquireType"},
     {"ISSECURITYTOBEACQUIREDTYPE", "offeringData/typesOfSecuritiesOffered/isSecurityToBeAcquiredType"},
     {"ISPOOLEDINVESTMENTFUNDTYPE", "offeringData/typesOfSecuritiesOffered/isPooledInvestmentFundType"},
     {"ISTENANTINCOMMONTYPE", "offeringData/typesOfSecuritiesOffered/isTenantInCommonType"},
     {"ISMINERALPROPERTYTYPE", "offeringData/typesOfSecuritiesOffered/isMineralPropertyType"},
     {"ISOTHERTYPE", "offeringData/typesOfSecuritiesOffered/isOtherType"},
     {"DESCRIPTIONOFOTHERTYPE", "offeringData/typesOfSecuritiesOffered/descriptionOfOtherType"},
     {"ISBUSINESSCOMBINATIONTRANS",
      "offeringData/businessCombinationTransaction/isBusinessCombinationTransaction"},
     {"BUSCOMBCLARIFICATIONOFRESP", "offeringData/businessCombinationTransaction/clarificationOfResponse"},
     {"MINIMUMINVESTMENTACCEPTED", "offeringData/minimumInvestmentAccepted"},
     {"TOTALOFFERINGAMOUNT", "offeringData/offeringSalesAmounts/totalOfferingAmount"},
     {"TOTALAMOUNTSOLD", "offeringData/offeringSalesAmounts/totalAmountSold"},
     {"TOTALREMAINING", "offeringData/offeringSalesAmounts/totalRemaining"},
     {"SALESAMTCLARIFICATIONOFRESP", "offeringData/offeringSalesAmounts/clarificationOfResponse"},
     {"HASNONACCREDITEDINVESTORS", "offeringData/investors/hasNonAccreditedInvestors"},
     {"NUMBERNONACCREDITEDINVESTORS", "offeringData/investors/numberNonAccreditedInvestors"},
     {"TOTALNUMBERALREADYINVESTED", "offeringData/investors/totalNumberAlreadyInvested"},
     {"SALESCOMM_DOLLARAMOUNT", "offeringData/salesCommissionsFindersFees/salesCommissions/dollarAmount"},
     {"SALESCOMM_ISESTIMATE", "offeringData/salesCommissionsFindersFees/salesCommissions/isEstimate"},
     {"FINDERSFEE_DOLLARAMOUNT", "offeringData/salesCommissionsFindersFees/findersFees/dollarAmount"},
     {"FINDERSFEE_ISESTIMATE", "offeringData/salesCommissionsFindersFees/findersFees/isEstimate"},
     {"GROSSPROCEEDSUSED_DOLLARAMOUNT", "offeringData/useOfProceeds/grossProceedsUsed/dollarAmount"}}};

constexpr std::array<Column, 5> more_offering_columns{
    {{"GROSSPROCEEDSUSED_ISESTIMATE", "offeringData/useOfProceeds/grossProceedsUsed/isEstimate"},
     {"GROSSPROCEEDSUSED_CLAROFRESP", "offeringData/useOfProceeds/clarificationOfResponse"},
     {"FINDERFEECLARIFICATIONOFRESP", "offeringData/salesCommissionsFindersFees/clarificationOfResponse"},
     {"AUTHORIZEDREPRESENTATIVE", "offeringData/signatureBlock/authorizedRepresentative"},
     {"OVER100RECIPIENTFLAG", "offeringData/salesCompensationList/over100RecipientFlag"}}};

constexpr std::array<Column, 22> issuer_columns{
    {{"ISSUER_SEQ_KEY", ""},
     {"CIK", "cik"},
     {"ENTITYNAME", "entityName"},
     {"STREET1", "issuerAddress/street1"},
     {"STREET2", "issuerAddress/street2"},
     {"CITY", "issuerAddress/city"},
     {"STATEORCOUNTRY", "issuerAddress/stateOrCountry"},
     {"STATEORCOUNTRYDESCRIPTION", "issuerAddress/stateOrCountryDescription"},
     {"ZIPCODE", "issuerAddress/zipCode"},
     {"ISSUERPHONENUMBER", "issuerPhoneNumber"},
     {"JURISDICTIONOFINC", "jurisdictionOfInc"},
     {"ISSUER_PREVIOUSNAME_1", "issuerPreviousNameList/previousName"},
     {"ISSUER_PREVIOUSNAME_2", "issuerPreviousNameList/previousName[2]"},
     {"ISSUER_PREVIOUSNAME_3", "issuerPreviousNameList/previousName[3]"},
     {"EDGAR_PREVIOUSNAME_1", "edgarPreviousNameList/previousName"},
     {"EDGAR_PREVIOUSNAME_2", "edgarPreviousNameList/previousName[2]"},
     {"EDGAR_PREVIOUSNAME_3", "edgarPreviousNameList/previousName[3]"},
     {"ENTITYTYPE", "entityType"},
     {"ENTITYTYPEOTHERDESC", "entityTypeOtherDesc"},
     {"YEAROFINC_TIMESPAN_CHOICE", "yearOfInc/timespanChoice"},
     {"YEAROFINC_VALUE_ENTERED", "yearOfInc/value"},
     {"IS_PRIMARYISSUER_FLAG", ""}}};

constexpr std::array<Column, 14> recipient_columns{
    {{"RECIPIENTNAME", "recipientName"},
     {"RECIPIENTCRDNUMBER", "recipientCRDNumber"},
     {"ASSOCIATEDBDNAME", "associatedBDName"},
     {"ASSOCIATEDBDCRDNUMBER", "associatedBDCRDNumber"},
     {"STREET1", "recipientAddress/street1"},
     {"STREET2", "recipientAddress/street2"},
     {"CITY", "recipientAddress/city"},
     {"STATEORCOUNTRY", "recipientAddress/stateOrCountry"},
     {"STATEORCOUNTRYDESCRIPTION", "recipientAddress/stateOrCountryDescription"},
     {"ZIPCODE", "recipientAddress/zipCode"},
     {"STATES_OR_VALUE_LIST", "statesOfSolicitationList/value"},
     {"DESCRIPTIONS_LIST", "statesOfSolicitationList/description"},
     {"FOREIGNSOLICITATION", "foreignSolicitation"},
     {"RECIPIENT_SEQ_KEY", ""}}};

constexpr std::array<Column, 14> person_columns{
    {{"FIRSTNAME", "relatedPersonName/firstName"},
     {"MIDDLENAME", "relatedPersonName/middleName"},
     {"LASTNAME", "relatedPersonName/lastName"},
     {"STREET1", "relatedPersonAddress/street1"},
     {"STREET2", "relatedPersonAddress/street2"},
     {"CITY", "relatedPersonAddress/city"},
     {"STATEORCOUNTRY", "relatedPersonAddress/stateOrCountry"},
     {"STATEORCOUNTRYDESCRIPTION", "relatedPersonAddress/stateOrCountryDescription"},
     {"ZIPCODE", "relatedPersonAddress/zipCode"},
     {"RELATIONSHIP_1", "relatedPersonRelationshipList/relationship"},
     {"RELATIONSHIP_2", "relatedPersonRelationshipList/relationship[2]"},
     {"RELATIONSHIP_3", "relatedPersonRelationshipList/relationship[3]"},
     {"RELATIONSHIPCLARIFICATION", "relationshipClarification"},
     {"RELATEDPERSON_SEQ_KEY", ""}}};

constexpr std::array<Column, 6> signature_columns{{{"ISSUERNAME", "issuerName"},
                                                   {"SIGNATURENAME", "signatureName"},
                                                   {"NAMEOFSIGNER", "nameOfSigner"},
                                                   {"SIGNATURETITLE", "signatureTitle"},
                                                   {"SIGNATUREDATE", "signatureDate"},
                                                   {"SIGNATURE_SEQ_KEY", ""}}};

constexpr std::array<std::string_view, 6> table_names{"FORMDSUBMISSION", "ISSUERS",        "OFFERING",
                                                      "RECIPIENTS",      "RELATEDPERSONS", "SIGNATURES"};

// What they hold is kept as attributes.
constexpr std::array<std::string_view, 3> optional_tables{"RECIPIENTS", "RELATEDPERSONS", "SIGNATURES"};

[[nodiscard]] std::string_view path_of(std::span<const Column> columns, std::string_view column) {
    const auto at =
        std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.column == column; });
    return at == columns.end() ? column : at->path;
}

[[nodiscard]] bool is_date(std::string_view column) {
    return column == "SALE_DATE" || column == "SIGNATUREDATE" || column == "FILING_DATE";
}

[[nodiscard]] std::vector<std::string_view> split(std::string_view line) {
    std::vector<std::string_view> cells;
    for (;;) {
        const std::size_t tab = line.find('\t');
        cells.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return cells;
        line.remove_prefix(tab + 1);
    }
}

}  // namespace

std::string dataset_date(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    const std::string date = in_capitals(text);
    const bool form = (date.size() == 11 || date.size() == 9) && date[2] == '-' && date[6] == '-';
    const auto month = form ? std::find(months.begin(), months.end(), date.substr(3, 3)) : months.end();
    if (month == months.end()) return std::string(text);
    std::string year = date.substr(7);
    if (year.size() == 2) year = (year < "70" ? "20" : "19") + year;
    const auto number = static_cast<std::size_t>(month - months.begin()) + 1;
    return year + "-" + (number < 10 ? "0" : "") + std::to_string(number) + "-" + date.substr(0, 2);
}

std::string FormDDataset::table_of(std::string_view file_name) {
    const std::string name = in_capitals(file_name.substr(file_name.find_last_of('/') + 1));
    for (const std::string_view table : table_names) {
        if (name == std::string(table) + ".TSV") return std::string(table);
    }
    return {};
}

void FormDDataset::add(const std::string& table, std::string file, std::string text) {
    if (const auto at = tables_.find(table); at != tables_.end()) {
        throw Error(ErrorCode::file_exists, "a second " + table + ", after " + at->second.file).at(file, 0);
    }
    if (!simdjson::validate_utf8(text)) throw Error(ErrorCode::bad_text, "is no valid UTF-8").at(file, 0);
    Table& added = tables_[table];
    added = Table{std::move(file), std::move(text), {}, {}, {}};
    std::string_view rest = added.text;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
    for (std::uint64_t line = 1; !rest.empty(); ++line) {
        std::string_view row = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(row.size() + 1, rest.size()));
        if (row.ends_with('\r')) row.remove_suffix(1);
        if (row.empty()) continue;
        if (!added.columns.empty()) {
            added.rows.push_back({line, split(row)});
            continue;
        }
        for (const std::string_view name : split(row))
            added.columns.emplace(in_capitals(name), added.columns.size());
    }
    if (!added.columns.contains("ACCESSIONNUMBER")) {
        const std::string place = added.file;
        tables_.erase(table);  // nothing can be looked up in a table without its keys
        throw Error(ErrorCode::missing_field, "missing, expected among the columns")
            .in_field("ACCESSIONNUMBER")
            .at(place, 1);
    }
    for (std::size_t i = 0; i < added.rows.size(); ++i) {
        added.by_accession.emplace(cell(added, added.rows[i], "ACCESSIONNUMBER"), i);
    }
}

std::string_view FormDDataset::cell(const Table& table, const Row& row, std::string_view column) {
    const auto at = table.columns.find(column);
    if (at == table.columns.end() || at->second >= row.cells.size()) return {};
    return row.cells[at->second];
}

void FormDDataset::check_cells(const Table& table, const Row& row) {
    if (row.cells.size() == table.columns.size()) return;
    throw Error(ErrorCode::bad_text,
                std::to_string(row.cells.size()) + " cells, expected " + std::to_string(table.columns.size()))
        .at(table.file, row.line);
}

namespace {

// Where the rows of a table go: under `list`, `list[2]` for the second row, or straight to the notice without
// a list.
struct Target {
    std::span<const Column> columns;
    std::string_view list;
};

[[nodiscard]] Target target_of(std::string_view table) {
    if (table == "ISSUERS") return {issuer_columns, "issuerList/issuer"};
    if (table == "RECIPIENTS") return {recipient_columns, "offeringData/salesCompensationList/recipient"};
    if (table == "RELATEDPERSONS") return {person_columns, "relatedPersonsList/relatedPersonInfo"};
    if (table == "SIGNATURES") return {signature_columns, "offeringData/signatureBlock/signature"};
    return {offering_columns, ""};
}

// A cell lists all exemptions; the notice has one element for each.
void add_exemptions(std::string_view list, const FormDField& field, FormDFields& fields) {
    const std::string element = "offeringData/federalExemptionsExclusions/item";
    std::size_t count = 0;
    for (std::string_view rest = list; !rest.empty();) {
        std::string_view item = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(item.size() + 1, rest.size()));
        while (item.starts_with(' ')) item.remove_prefix(1);
        while (item.ends_with(' ')) item.remove_suffix(1);
        if (item.empty()) continue;
        ++count;
        FormDField added = field;
        added.text = item;
        fields.emplace(count == 1 ? element : element + "[" + std::to_string(count) + "]", std::move(added));
    }
}

[[nodiscard]] bool is_day(const std::string& text) {
    try {
        return PartialDate::parse(text).precision() == DatePrecision::day;
    } catch (const Error&) {
        return false;
    }
}

}  // namespace

void FormDDataset::add_row(const Table& table, const Row& row, std::string_view name,
                           const std::string& prefix, FormDFields& fields) {
    const Target target = target_of(name);
    for (const auto& [column, index] : table.columns) {
        const std::string_view value = row.cells[index];
        std::string_view path = path_of(target.columns, column);
        if (name == "OFFERING") path = path_of(more_offering_columns, path);
        if (value.empty() || path.empty() || column == "ACCESSIONNUMBER") continue;
        FormDField field{std::string(value), table.file, row.line, column};
        if (column == "FEDERALEXEMPTIONS_ITEMS_LIST") {
            add_exemptions(value, field, fields);
            continue;
        }
        if (is_date(column)) {
            field.text = dataset_date(value);
            if (!is_day(field.text)) {
                throw Error::refused(ErrorCode::bad_date, value, "DD-MON-YYYY or DD-MON-YY")
                    .in_field(column)
                    .at(table.file, row.line);
            }
        }
        fields.emplace(prefix + std::string(path), std::move(field));
    }
}

void FormDDataset::add_rows(std::string_view accession, std::string_view name, FormDFields& fields) const {
    const Table& table = tables_.find(name)->second;
    const std::string list(target_of(name).list);
    const auto [first, last] = table.by_accession.equal_range(accession);
    std::size_t count = 0;
    bool has_primary = false;
    for (auto found = first; found != last; ++found) {
        const Row& row = table.rows[found->second];
        check_cells(table, row);
        std::string prefix;
        if (name == "ISSUERS" && !has_primary &&
            in_capitals(cell(table, row, "IS_PRIMARYISSUER_FLAG")) == "YES") {
            has_primary = true;
            prefix = "primaryIssuer/";
        } else if (!list.empty()) {
            ++count;
            prefix = list + (count > 1 ? "[" + std::to_string(count) + "]" : "") + "/";
        } else if (found != first) {
            if (row.cells == table.rows[first->second].cells) continue;
            throw Error(ErrorCode::duplicate_field, "a second row of this filing, unlike the first")
                .at(table.file, row.line);
        }
        add_row(table, row, name, prefix, fields);
    }
    if (count == 0 && !has_primary && (name == "ISSUERS" || name == "OFFERING") && first == last) {
        throw Error(ErrorCode::missing_field, "no row of " + std::string(accession) + ", expected one")
            .at(table.file, 0);
    }
}

FormD FormDDataset::filing_of(const Row& row) const {
    const Table& table = submissions();
    check_cells(table, row);
    const std::string_view accession = cell(table, row, "ACCESSIONNUMBER");
    const auto number = accession_number(accession);
    if (!number) {
        throw Error::refused(ErrorCode::bad_text, accession, "an accession number, nnnnnnnnnn-nn-nnnnnn")
            .in_field("ACCESSIONNUMBER");
    }
    FormDFields fields;
    const auto keep = [&](const std::string& path, std::string_view column) {
        const auto value = cell(table, row, column);
        if (!value.empty())
            fields.emplace(path, FormDField{std::string(value), table.file, row.line, column});
    };
    for (const auto& [column, index] : table.columns) {
        const bool known = column == "ACCESSIONNUMBER" || column == "SUBMISSIONTYPE" ||
                           column == "FILE_NUM" || column == "SIC_CODE" || column == "FILING_DATE";
        if (!known) keep(column, column);
    }
    keep("submissionType", "SUBMISSIONTYPE");
    for (const std::string_view name : table_names) {
        if (name != "FORMDSUBMISSION" && tables_.contains(name)) add_rows(accession, name, fields);
    }
    FilingHeader header;
    header.accession = *number;
    header.file_number = cell(table, row, "FILE_NUM");
    header.sic_code = cell(table, row, "SIC_CODE");
    if (const auto filed = cell(table, row, "FILING_DATE"); !filed.empty()) {
        const std::string date = dataset_date(filed);
        if (!is_day(date)) {
            throw Error::refused(ErrorCode::bad_date, filed, "DD-MON-YYYY or DD-MON-YY")
                .in_field("FILING_DATE");
        }
        header.filed = PartialDate::parse(date);
    }
    FormD filing = form_d_from(std::move(fields), header);
    filing.copy = FormD::Copy::data_set;
    return filing;
}

std::vector<std::string> FormDDataset::check_tables() const {
    std::vector<std::string> missing;
    for (const std::string_view name : table_names) {
        if (tables_.find(name) != tables_.end()) continue;
        missing.push_back(std::string(name) + ".tsv");
        if (std::find(optional_tables.begin(), optional_tables.end(), name) == optional_tables.end())
            throw Error(ErrorCode::no_such_file, "the data set lacks " + missing.back());
    }
    return missing;
}

std::size_t FormDDataset::size() const {
    return submissions().rows.size();
}

std::optional<FormD> FormDDataset::filing(std::size_t row) const {
    const Table& table = submissions();
    const Row& own = table.rows.at(row);
    try {
        // Each such row would take all rows of the other tables again, so that a few megabytes could take
        // days.
        const auto accession = cell(table, own, "ACCESSIONNUMBER");
        const Row& first = table.rows[table.by_accession.lower_bound(accession)->second];
        if (&first == &own) return filing_of(own);
        if (first.cells == own.cells) return std::nullopt;
        throw Error(ErrorCode::duplicate_field, "a second row of this filing, unlike the first");
    } catch (const Error& error) {
        throw error.at(table.file, own.line);
    }
}

void FormDDataset::for_each_stray(const std::function<void(const Error&)>& refused) const {
    for (const auto& [name, table] : tables_) {
        for (const Row& row : table.rows) {
            const auto accession = cell(table, row, "ACCESSIONNUMBER");
            if (submissions().by_accession.contains(accession)) continue;
            refused(
                Error::refused(ErrorCode::missing_field, accession, "a filing of the table FORMDSUBMISSION")
                    .in_field("ACCESSIONNUMBER")
                    .at(table.file, row.line));
        }
    }
}

}  // namespace postmoney::detail
