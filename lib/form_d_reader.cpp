#include "form_d_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <pugixml.hpp>

namespace postmoney::detail {

namespace {

[[nodiscard]] std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

[[nodiscard]] std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

// Takes typed values out of the fields, so that what stays has no member of its own.
class FieldTaker {
  public:
    explicit FieldTaker(FormDFields& fields) : fields_(&fields) {}

    [[nodiscard]] std::string text(const std::string& path) {
        const auto at = fields_->find(path);
        if (at == fields_->end()) return {};
        std::string value = std::move(at->second);
        fields_->erase(at);
        return value;
    }

    [[nodiscard]] std::string required(const std::string& path) {
        std::string value = text(path);
        if (value.empty()) throw Error(ErrorCode::missing_field, "missing, expected in every Form D").in_field(path);
        return value;
    }

    // All values of a repeated element: `path`, `path[2]`, ...
    [[nodiscard]] std::vector<std::string> texts(const std::string& path) {
        std::vector<std::string> values;
        for (std::size_t i = 1;; ++i) {
            std::string value = text(i == 1 ? path : path + "[" + std::to_string(i) + "]");
            if (value.empty()) return values;
            values.push_back(std::move(value));
        }
    }

    [[nodiscard]] bool flag(const std::string& path) {
        const std::string value = upper(text(path));
        if (value.empty() || value == "FALSE" || value == "0" || value == "N" || value == "NO") return false;
        if (value == "TRUE" || value == "1" || value == "Y" || value == "YES") return true;
        throw Error::refused(ErrorCode::bad_word, value, "true or false").in_field(path);
    }

    [[nodiscard]] std::optional<std::int64_t> count(const std::string& path) {
        const std::string value = text(path);
        if (value.empty()) return std::nullopt;
        std::int64_t number = 0;
        const auto result = std::from_chars(value.data(), value.data() + value.size(), number);
        const bool digits = value.find_first_not_of("0123456789") == std::string::npos;
        if (!digits || result.ec != std::errc()) {
            throw Error::refused(ErrorCode::bad_number, value, "a whole number, of digits only").in_field(path);
        }
        return number;
    }

    // Whole US dollars, `Indefinite` where the notice allows it, marked `about` where it says that it is an estimate.
    [[nodiscard]] Amount dollars(const std::string& path, bool may_be_indefinite, bool estimate = false) {
        const std::string value = text(path);
        if (value.empty()) return Amount::undisclosed();
        if (may_be_indefinite && upper(value) == "INDEFINITE") return Amount::indefinite();
        if (value.find_first_not_of("0123456789") != std::string::npos) {
            throw Error::refused(ErrorCode::bad_number, value,
                                 may_be_indefinite ? "whole dollars, of digits only, or Indefinite"
                                                   : "whole dollars, of digits only")
                .in_field(path);
        }
        try {
            return Amount::parse((estimate ? "about " : "") + value + " USD");
        } catch (const Error& error) {
            throw error.in_field(path);
        }
    }

    [[nodiscard]] std::optional<PartialDate> date(const std::string& path) {
        const std::string value = text(path);
        if (value.empty()) return std::nullopt;
        try {
            return PartialDate::parse(std::string_view(value).substr(0, 10));  // some dates have a time zone behind them
        } catch (const Error&) {
            throw Error::refused(ErrorCode::bad_date, value, "YYYY-MM-DD").in_field(path);
        }
    }

    // Moves what is left below a path to the attributes, with the path cut off.
    void rest(const std::string& prefix, std::map<std::string, std::string>& attributes) {
        for (auto at = fields_->lower_bound(prefix); at != fields_->end() && at->first.starts_with(prefix);) {
            attributes.emplace(at->first.substr(prefix.size()), std::move(at->second));
            at = fields_->erase(at);
        }
    }

    [[nodiscard]] bool any(const std::string& prefix) const {
        const auto at = fields_->lower_bound(prefix);
        return at != fields_->end() && at->first.starts_with(prefix);
    }

  private:
    FormDFields* fields_;
};

[[nodiscard]] FormD::Issuer issuer_at(FieldTaker& take, const std::string& path) {
    FormD::Issuer issuer;
    issuer.cik = take.required(path + "/cik");
    if (issuer.cik.size() > 10 || issuer.cik.find_first_not_of("0123456789") != std::string::npos) {
        throw Error::refused(ErrorCode::bad_number, issuer.cik, "a CIK of at most ten digits").in_field(path + "/cik");
    }
    issuer.cik.insert(0, 10 - issuer.cik.size(), '0');
    issuer.name = take.required(path + "/entityName");
    for (const char* list : {"/issuerPreviousNameList", "/edgarPreviousNameList"}) {
        static_cast<void>(take.text(path + list + "/value"));  // "None"
        for (std::string& name : take.texts(path + list + "/previousName")) {
            const bool known = name == issuer.name || std::find(issuer.previous_names.begin(), issuer.previous_names.end(),
                                                                name) != issuer.previous_names.end();
            if (!known) issuer.previous_names.push_back(std::move(name));
        }
    }
    take.rest(path + "/", issuer.attributes);
    return issuer;
}

void read_securities(FieldTaker& take, FormD& filing) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{
        {{"isEquityType", "equity"},
         {"isDebtType", "debt"},
         {"isOptionToAcquireType", "option"},
         {"isSecurityToBeAcquiredType", "security-to-be-acquired"},
         {"isPooledInvestmentFundType", "pooled-investment-fund"},
         {"isTenantInCommonType", "tenant-in-common"},
         {"isMineralPropertyType", "mineral-property"},
         {"isOtherType", "other"}}};
    for (const auto& [element, word] : types) {
        if (take.flag("offeringData/typesOfSecuritiesOffered/" + std::string(element))) filing.securities.emplace_back(word);
    }
}

void read_amounts(FieldTaker& take, FormD& filing) {
    const std::string sales = "offeringData/offeringSalesAmounts/";
    const std::string fees = "offeringData/salesCommissionsFindersFees/";
    const std::string proceeds = "offeringData/useOfProceeds/grossProceedsUsed/";
    filing.minimum_investment = take.dollars("offeringData/minimumInvestmentAccepted", false);
    filing.offered = take.dollars(sales + "totalOfferingAmount", true);
    filing.sold = take.dollars(sales + "totalAmountSold", false);
    filing.remaining = take.dollars(sales + "totalRemaining", true);
    const auto with_estimate = [&](const std::string& path) {
        const bool estimate = take.flag(path + "isEstimate");
        return take.dollars(path + "dollarAmount", false, estimate);
    };
    filing.commissions = with_estimate(fees + "salesCommissions/");
    filing.finders_fees = with_estimate(fees + "findersFees/");
    filing.proceeds_to_insiders = with_estimate(proceeds);
}

void read_signatures(FieldTaker& take, FormD& filing) {
    const std::string block = "offeringData/signatureBlock/signature";
    for (std::size_t i = 1;; ++i) {
        const std::string path = i == 1 ? block : block + "[" + std::to_string(i) + "]";
        if (!take.any(path + "/")) return;
        const auto date = take.date(path + "/signatureDate");
        if (date && (!filing.signed_on || date->first_day() < filing.signed_on->first_day())) filing.signed_on = date;
        if (date) filing.attributes.emplace(path + "/signatureDate", date->to_string());
    }
}

}  // namespace

FormD form_d_from(FormDFields fields, const FilingHeader& header) {
    FieldTaker take(fields);
    FormD filing;
    filing.accession = header.accession;
    filing.filed = header.filed;
    filing.submission_type = take.required("submissionType");
    if (filing.submission_type != "D" && filing.submission_type != "D/A") {
        throw Error::refused(ErrorCode::bad_word, filing.submission_type, "D or D/A").in_field("submissionType");
    }
    filing.issuers.push_back(issuer_at(take, "primaryIssuer"));
    for (std::size_t i = 1;; ++i) {
        const std::string path = i == 1 ? "issuerList/issuer" : "issuerList/issuer[" + std::to_string(i) + "]";
        if (!take.any(path + "/")) break;
        filing.issuers.push_back(issuer_at(take, path));
    }
    filing.industry_group = take.text("offeringData/industryGroup/industryGroupType");
    filing.fund_type = take.text("offeringData/industryGroup/investmentFundInfo/investmentFundType");
    const bool amendment = take.flag("offeringData/typeOfFiling/newOrAmendment/isAmendment");
    filing.previous_accession = take.text("offeringData/typeOfFiling/newOrAmendment/previousAccessionNumber");
    if (amendment) filing.submission_type = "D/A";
    filing.first_sale = take.date("offeringData/typeOfFiling/dateOfFirstSale/value");
    read_securities(take, filing);
    read_amounts(take, filing);
    const std::string investors = "offeringData/investors/";
    filing.investors = take.count(investors + "totalNumberAlreadyInvested");
    filing.has_non_accredited = take.flag(investors + "hasNonAccreditedInvestors");
    filing.non_accredited = take.count(investors + "numberNonAccreditedInvestors").value_or(0);
    read_signatures(take, filing);
    take.rest("", filing.attributes);
    if (!header.sic_code.empty()) filing.attributes.emplace("sicCode", header.sic_code);
    if (!header.file_number.empty()) filing.attributes.emplace("fileNumber", header.file_number);
    return filing;
}

//--- XML

namespace {

[[nodiscard]] std::uint64_t line_at(std::string_view text, std::ptrdiff_t offset) {
    const auto end = text.begin() + std::clamp<std::ptrdiff_t>(offset, 0, static_cast<std::ptrdiff_t>(text.size()));
    return 1 + static_cast<std::uint64_t>(std::count(text.begin(), end, '\n'));
}

[[noreturn]] void refuse_xml(std::string_view what, std::string_view file, std::uint64_t line) {
    throw Error(ErrorCode::bad_xml, std::string(what)).at(file, line);
}

constexpr int max_depth = 16;

void collect(const pugi::xml_node& parent, const std::string& path, int depth, FormDFields& fields) {
    if (depth > max_depth) throw Error(ErrorCode::bad_xml, "elements are nested too deep for a Form D");
    std::map<std::string_view, std::size_t> seen;
    for (const pugi::xml_node child : parent.children()) {
        if (child.type() != pugi::node_element) continue;
        const std::size_t count = ++seen[child.name()];
        std::string own = path.empty() ? std::string(child.name()) : path + "/" + child.name();
        if (count > 1) own += "[" + std::to_string(count) + "]";
        const bool leaf = child.find_child([](const pugi::xml_node& n) { return n.type() == pugi::node_element; }).empty();
        if (!leaf) {
            collect(child, own, depth + 1, fields);
            continue;
        }
        const std::string_view value = trimmed(child.text().get());
        if (!value.empty()) fields.emplace(std::move(own), value);
    }
}

}  // namespace

FormDFields form_d_fields_of_xml(std::string& xml, std::string_view file, std::uint64_t first_line) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::size_t start = xml.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    start = std::min(xml.find_first_not_of(" \t\r\n", start), xml.size());
    const std::uint64_t skipped = static_cast<std::uint64_t>(std::count(xml.begin(), xml.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
    const std::uint64_t base = first_line + skipped - 1;
    if (const std::size_t doctype = xml.find("<!DOCTYPE"); doctype != std::string::npos) {
        refuse_xml("a DOCTYPE, expected none: a Form D has no entities", file,
                   first_line - 1 + line_at(xml, static_cast<std::ptrdiff_t>(doctype)));
    }
    const std::string text = xml.substr(start);  // to find the line of an error in: parsing in place overwrites it
    pugi::xml_document document;
    const auto result = document.load_buffer_inplace(xml.data() + start, xml.size() - start, pugi::parse_default, pugi::encoding_auto);
    if (!result) {
        refuse_xml(std::string("not well-formed: ") + result.description(), file, base + line_at(text, result.offset));
    }
    const pugi::xml_node root = document.child("edgarSubmission");
    if (root.empty()) refuse_xml("no element edgarSubmission, expected a Form D", file, base + 1);
    FormDFields fields;
    collect(root, "", 0, fields);
    return fields;
}

//--- Full submissions

namespace {

// The value of a header line, in either style: `<TYPE>D` or `FORM TYPE:  D`.
[[nodiscard]] std::string header_value(std::string_view header, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        for (std::size_t at = header.find(name); at != std::string_view::npos; at = header.find(name, at + 1)) {
            const bool starts_line = at == 0 || header.substr(0, at).find_last_not_of(" \t") == std::string_view::npos ||
                                     header[header.substr(0, at).find_last_not_of(" \t")] == '\n';
            if (!starts_line) continue;
            const std::size_t from = at + name.size();
            return std::string(trimmed(header.substr(from, header.find('\n', from) - from)));
        }
    }
    return {};
}

[[nodiscard]] std::optional<PartialDate> header_date(const std::string& text, std::string_view file) {
    if (text.empty()) return std::nullopt;
    if (text.size() != 8 || text.find_first_not_of("0123456789") != std::string::npos) {
        throw Error::refused(ErrorCode::bad_date, text, "YYYYMMDD").in_field("FILED AS OF DATE").at(file, 0);
    }
    return PartialDate::parse(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2));
}

}  // namespace

bool is_edgar_submission(std::string_view text) {
    const std::string_view start = trimmed(text.substr(0, 4096));
    return start.starts_with("<SEC-DOCUMENT>") || start.starts_with("<SUBMISSION>") || start.starts_with("<SEC-HEADER>") ||
           start.starts_with("-----BEGIN PRIVACY-ENHANCED MESSAGE-----") || start.starts_with("<IMS-DOCUMENT>");
}

EdgarSubmission read_edgar_submission(std::string_view text, std::string_view file) {
    const std::size_t open = text.find("<XML>");
    const std::size_t close = text.find("</XML>", open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
        refuse_xml("no document between <XML> and </XML>, expected the one of a Form D", file, 1);
    }
    const std::size_t from = open + std::string_view("<XML>").size();
    const std::string_view header = text.substr(0, open);
    EdgarSubmission submission;
    submission.header.accession = header_value(header, {"<ACCESSION-NUMBER>", "ACCESSION NUMBER:"});
    submission.header.filed = header_date(header_value(header, {"<FILING-DATE>", "FILED AS OF DATE:"}), file);
    submission.header.file_number = header_value(header, {"<FILE-NUMBER>", "SEC FILE NUMBER:"});
    submission.header.sic_code = header_value(header, {"<ASSIGNED-SIC>", "STANDARD INDUSTRIAL CLASSIFICATION:"});
    submission.xml = text.substr(from, close - from);
    submission.first_line = line_at(text, static_cast<std::ptrdiff_t>(from));
    return submission;
}

std::string accession_in(std::string_view file_name) {
    const auto digits = [&](std::size_t at, std::size_t count) {
        return at + count <= file_name.size() &&
               std::all_of(file_name.begin() + static_cast<std::ptrdiff_t>(at),
                           file_name.begin() + static_cast<std::ptrdiff_t>(at + count),
                           [](char c) { return c >= '0' && c <= '9'; });
    };
    for (std::size_t at = 0; at + 18 <= file_name.size(); ++at) {
        if (at > 0 && digits(at - 1, 1)) continue;
        if (digits(at, 10) && at + 20 <= file_name.size() && file_name[at + 10] == '-' && digits(at + 11, 2) &&
            file_name[at + 13] == '-' && digits(at + 14, 6)) {
            return std::string(file_name.substr(at, 20));
        }
        if (digits(at, 18) && !digits(at + 18, 1)) {
            return std::string(file_name.substr(at, 10)) + "-" + std::string(file_name.substr(at + 10, 2)) + "-" +
                   std::string(file_name.substr(at + 12, 6));
        }
    }
    return {};
}

}  // namespace postmoney::detail
