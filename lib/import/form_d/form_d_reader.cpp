#include "import/form_d/form_d_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "base/xml/xml_document.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] std::string_view without_space(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

constexpr std::string_view digits_only = "0123456789";

// A day as XML Schema writes it. A time zone behind it is dropped, because a day has no use for one.
[[nodiscard]] std::optional<PartialDate> xml_day(std::string_view text) {
    constexpr std::size_t length = std::string_view("YYYY-MM-DD").size();
    const std::string_view zone = text.substr(std::min(text.size(), length));
    const bool hours = zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':';
    if (text.size() < length || !(zone.empty() || zone == "Z" || hours)) return std::nullopt;
    try {
        return PartialDate::parse(text.substr(0, length));
    } catch (const Error&) {
        return std::nullopt;
    }
}

// Takes typed values out of the fields. The fields that stay have no member of their own.
class FieldTaker {
  public:
    explicit FieldTaker(FormDFields& fields) : fields_(&fields) {}

    // Throws bad-xml when the element, or one that it stands in, is there a second time.
    [[nodiscard]] FormDField field(const std::string& path) {
        check_single(path);
        const auto at = fields_->find(path);
        if (at == fields_->end()) return {};
        FormDField field = std::move(at->second);
        fields_->erase(at);
        return field;
    }

    [[nodiscard]] std::string text(const std::string& path) { return field(path).text; }

    [[nodiscard]] FormDField required(const std::string& path) {
        FormDField found = field(path);
        if (found.text.empty()) throw missing(path);
        return found;
    }

    // All values of a repeated element: `path`, `path[2]`, ... An empty element in between has no field.
    [[nodiscard]] std::vector<std::string> texts(const std::string& path) {
        std::map<std::size_t, std::string> values;
        for (auto at = fields_->lower_bound(path); at != fields_->end() && at->first.starts_with(path);) {
            const std::string_view rest = std::string_view(at->first).substr(path.size());
            if (!rest.empty() && rest.front() != '[') {
                ++at;
                continue;
            }
            values.emplace(rest.empty() ? 1 : std::stoul(std::string(rest.substr(1))),
                           std::move(at->second.text));
            at = fields_->erase(at);
        }
        std::vector<std::string> list;
        list.reserve(values.size());
        for (auto& [number, value] : values) list.push_back(std::move(value));
        return list;
    }

    [[nodiscard]] bool flag(const std::string& path) {
        const FormDField found = field(path);
        const std::string value = in_capitals(found.text);
        if (value.empty() || value == "FALSE" || value == "0" || value == "N" || value == "NO") return false;
        if (value == "TRUE" || value == "1" || value == "Y" || value == "YES") return true;
        throw refused(ErrorCode::bad_word, found, path, "true or false");
    }

    [[nodiscard]] std::optional<std::int64_t> count(const std::string& path) {
        const FormDField found = field(path);
        const std::string& value = found.text;
        if (value.empty()) return std::nullopt;
        std::int64_t number = 0;
        const auto result = std::from_chars(value.data(), value.data() + value.size(), number);
        if (value.find_first_not_of(digits_only) != std::string::npos || result.ec != std::errc()) {
            throw refused(ErrorCode::bad_number, found, path, "a whole number, of digits only");
        }
        return number;
    }

    // Whole US dollars, or `Indefinite` where the notice allows that; `about` marks an amount that the notice
    // calls an estimate.
    [[nodiscard]] Amount dollars(const std::string& path, bool may_be_indefinite, bool estimate = false) {
        const FormDField found = field(path);
        if (found.text.empty()) return Amount::undisclosed();
        if (may_be_indefinite && in_capitals(found.text) == "INDEFINITE") return Amount::indefinite();
        if (found.text.find_first_not_of(digits_only) != std::string::npos) {
            throw refused(ErrorCode::bad_number, found, path,
                          may_be_indefinite ? "whole dollars, of digits only, or Indefinite"
                                            : "whole dollars, of digits only");
        }
        try {
            return Amount::parse((estimate ? "about " : "") + found.text + " USD");
        } catch (const Error& error) {
            throw placed(error, found, path);
        }
    }

    [[nodiscard]] std::optional<PartialDate> date(const std::string& path) {
        const FormDField found = field(path);
        if (found.text.empty()) return std::nullopt;
        if (auto day = xml_day(found.text)) return day;
        throw refused(ErrorCode::bad_date, found, path, "YYYY-MM-DD");
    }

    [[nodiscard]] std::string accession(const std::string& path) {
        const FormDField found = field(path);
        if (found.text.empty()) return {};
        if (auto number = accession_number(found.text)) return *number;
        throw refused(ErrorCode::bad_text, found, path, "an accession number, nnnnnnnnnn-nn-nnnnnn");
    }

    // Moves the fields left below a path to the attributes, with the path cut off.
    void rest(const std::string& prefix, std::map<std::string, std::string>& attributes) {
        for (auto at = fields_->lower_bound(prefix); at != fields_->end() && at->first.starts_with(prefix);) {
            attributes.emplace_hint(attributes.end(), at->first.substr(prefix.size()),
                                    std::move(at->second.text));
            at = fields_->erase(at);
        }
    }

    [[nodiscard]] bool any(const std::string& prefix) const {
        const auto at = fields_->lower_bound(prefix);
        return at != fields_->end() && at->first.starts_with(prefix);
    }

    [[nodiscard]] static Error refused(ErrorCode code, const FormDField& field, const std::string& path,
                                       std::string_view expected) {
        return placed(Error::refused(code, field.text, expected), field, path);
    }

    // The error names the line on which the elements around the missing one begin.
    [[nodiscard]] Error missing(const std::string& path) const {
        const Error error =
            Error(ErrorCode::missing_field, "missing, expected in every Form D").in_field(short_path(path));
        const std::string parent = path.substr(0, path.find_last_of('/') + 1);
        const FormDField* first = nullptr;
        for (auto at = fields_->lower_bound(parent); at != fields_->end() && at->first.starts_with(parent);
             ++at) {
            if (first == nullptr || at->second.line < first->line) first = &at->second;
        }
        return first != nullptr && first->column.empty() ? error.at(first->file, first->line) : error;
    }

  private:
    // Of what a Form D has once: which of two would be meant, nobody can tell.
    void check_single(const std::string& path) const {
        if (path.find('[') != std::string::npos || path.starts_with("issuerList/")) return;
        for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
            const std::string second = path.substr(0, end) + "[2]";
            const auto at = fields_->lower_bound(second);
            if (at != fields_->end() && at->first.starts_with(second) && !is_repeated(second)) {
                const Error error =
                    Error(ErrorCode::bad_xml, "is there twice, expected once").in_field(short_path(second));
                throw at->second.column.empty() ? error.at(at->second.file, at->second.line) : error;
            }
            if (end == std::string::npos) return;
        }
    }
    [[nodiscard]] static bool is_repeated(std::string_view second) {
        return second.find("NameList/") != std::string_view::npos ||
               second.find("/signature[") != std::string_view::npos;
    }

    // Cuts off the part that most paths begin with, so that an error quotes even the longest paths whole.
    [[nodiscard]] static std::string_view short_path(std::string_view path) {
        constexpr std::string_view common = "offeringData/";
        return path.starts_with(common) ? path.substr(common.size()) : path;
    }
    [[nodiscard]] static Error placed(const Error& error, const FormDField& field, const std::string& path) {
        return error.in_field(field.column.empty() ? short_path(path) : field.column)
            .at(field.file, field.line);
    }

    FormDFields* fields_;
};

[[nodiscard]] FormD::Issuer issuer_at(FieldTaker& take, const std::string& path) {
    FormD::Issuer issuer;
    const FormDField cik = take.required(path + "/cik");
    if (cik.text.size() > 10 || cik.text.find_first_not_of(digits_only) != std::string::npos) {
        throw FieldTaker::refused(ErrorCode::bad_number, cik, path + "/cik", "a CIK of at most ten digits");
    }
    issuer.cik = std::string(10 - cik.text.size(), '0') + cik.text;
    issuer.name = take.text(path + "/entityName");
    if (issuer.name.empty()) issuer.name = "CIK " + issuer.cik;  // the name is optional in the schema
    for (const char* list : {"/issuerPreviousNameList", "/edgarPreviousNameList"}) {
        static_cast<void>(take.text(path + list + "/value"));  // "None"
        for (std::string& name : take.texts(path + list + "/previousName")) {
            const bool known = name == issuer.name || name == "None" ||
                               std::find(issuer.previous_names.begin(), issuer.previous_names.end(), name) !=
                                   issuer.previous_names.end();
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
        if (take.flag("offeringData/typesOfSecuritiesOffered/" + std::string(element)))
            filing.securities.emplace_back(word);
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

// Each signature keeps its date among the attributes; the earliest is the date of the notice.
void read_signatures(FieldTaker& take, FormD& filing) {
    const std::string block = "offeringData/signatureBlock/signature";
    for (std::size_t i = 1;; ++i) {
        const std::string path = i == 1 ? block : block + "[" + std::to_string(i) + "]";
        if (!take.any(path + "/")) return;
        const auto date = take.date(path + "/signatureDate");
        if (!date) continue;
        if (!filing.signed_on || date->first_day() < filing.signed_on->first_day()) filing.signed_on = date;
        filing.attributes.emplace(path + "/signatureDate", date->to_string());
    }
}

// EDGAR takes submissions that only try whether they would be taken: these are no filings.
void check_is_live(FieldTaker& take, FormD& filing) {
    for (const char* path : {"testOrLive", "TESTORLIVE"}) {
        const FormDField field = take.field(path);
        if (in_capitals(field.text) == "TEST")
            throw FieldTaker::refused(ErrorCode::bad_word, field, path, "LIVE: a test is no filing");
        if (!field.text.empty()) filing.attributes.emplace(path, field.text);
    }
}

}  // namespace

FormD form_d_from(FormDFields fields, const FilingHeader& header) {
    FieldTaker take(fields);
    FormD filing;
    filing.accession = header.accession;
    filing.filed = header.filed;
    const FormDField type = take.required("submissionType");
    if (type.text != "D" && type.text != "D/A") {
        throw FieldTaker::refused(ErrorCode::bad_word, type, "submissionType", "D or D/A");
    }
    filing.submission_type = type.text;
    check_is_live(take, filing);
    filing.issuers.push_back(issuer_at(take, "primaryIssuer"));
    for (std::size_t i = 1;; ++i) {
        const std::string path =
            i == 1 ? "issuerList/issuer" : "issuerList/issuer[" + std::to_string(i) + "]";
        if (!take.any(path + "/")) break;
        filing.issuers.push_back(issuer_at(take, path));
    }
    filing.industry_group = take.text("offeringData/industryGroup/industryGroupType");
    filing.fund_type = take.text("offeringData/industryGroup/investmentFundInfo/investmentFundType");
    const std::string amendment_flag(RoundStatement::amendment_attribute);
    const bool has_flag = take.any(amendment_flag);
    const bool amendment = take.flag(amendment_flag);
    filing.previous_accession =
        take.accession("offeringData/typeOfFiling/newOrAmendment/previousAccessionNumber");
    if (has_flag && amendment != (type.text == "D/A")) {
        filing.attributes.emplace(RoundStatement::contradicted_type_attribute, type.text);
    }
    if (amendment) filing.submission_type = "D/A";
    filing.first_sale = take.date("offeringData/typeOfFiling/dateOfFirstSale/value");
    read_securities(take, filing);
    filing.business_combination =
        take.flag("offeringData/businessCombinationTransaction/isBusinessCombinationTransaction");
    read_amounts(take, filing);
    const std::string investors = "offeringData/investors/";
    filing.investors = take.count(investors + "totalNumberAlreadyInvested");
    filing.has_non_accredited = take.flag(investors + "hasNonAccreditedInvestors");
    filing.non_accredited = take.count(investors + "numberNonAccreditedInvestors").value_or(0);
    read_signatures(take, filing);
    if (filing.submission_type == "D/A" && !filing.date()) {
        throw take.missing("offeringData/signatureBlock/signature/signatureDate");
    }
    take.rest("", filing.attributes);
    filing.attributes.insert(header.attributes.begin(), header.attributes.end());
    if (!header.sic_code.empty()) filing.attributes.emplace("sicCode", header.sic_code);
    if (!header.file_number.empty())
        filing.attributes.emplace(RoundStatement::file_number_attribute, header.file_number);
    return filing;
}

//--- XML

namespace {

[[noreturn]] void refuse_xml(std::string_view what, std::string_view file, std::uint64_t line) {
    throw Error(ErrorCode::bad_xml, std::string(what)).at(file, line);
}

constexpr int max_depth = 16;

// Collects the elements of a document as fields, each with its line.
class FieldCollector {
  public:
    FieldCollector(XmlDocument& document, std::string_view file) : document_(&document), file_(file) {}

    [[nodiscard]] FormDFields of(XmlElement root) {
        collect(root, 0);
        return std::move(fields_);
    }

  private:
    // The elements below `path_`, which is the parent's, and something else afterwards.
    void collect(XmlElement parent, int depth) {
        const std::size_t parent_length = path_.size();
        std::map<std::string_view, std::size_t> seen;
        for (XmlElement child = parent.first_child(); child; child = child.next()) {
            const std::uint64_t line = document_->line_of(child);
            if (depth == max_depth) refuse_xml("elements are nested too deep for a Form D", file_, line);
            const std::string_view name = child.name();
            const std::size_t count = ++seen[name];
            path_.resize(parent_length);
            if (depth > 0) path_ += '/';
            path_ += name;
            if (count > 1) path_ += "[" + std::to_string(count) + "]";
            if (child.first_child()) {
                if (child.has_text())
                    refuse_xml("text beside the elements in " + path_ + ", expected either", file_, line);
                collect(child, depth + 1);
                continue;
            }
            const auto joined = child.joined_text();
            const std::string_view value = without_space(joined ? *joined : child.text());
            if (!value.empty()) fields_.emplace(path_, FormDField{std::string(value), file_, line});
        }
    }

    XmlDocument* document_;
    std::string_view file_;
    std::string path_;
    FormDFields fields_;
};

}  // namespace

namespace {

[[nodiscard]] bool is_html(std::string_view text) {
    const std::string start = in_capitals(text.substr(0, 1024));
    return start.find("<HTML") != std::string::npos || start.find("<!DOCTYPE HTML") != std::string::npos;
}

// The type of another form, as EDGAR's own XML names it.
[[nodiscard]] std::string_view other_form(XmlElement root) {
    for (XmlElement child = root.first_child(); child; child = child.next()) {
        if (child.name() != "headerData") continue;
        for (XmlElement field = child.first_child(); field; field = field.next()) {
            if (field.name() == "submissionType") return without_space(field.text());
        }
    }
    return {};
}

}  // namespace

FormDFields form_d_fields_of_xml(std::string xml, std::string_view file, std::uint64_t first_line) {
    if (is_html(xml)) {
        refuse_xml(
            "is an HTML page, a notice as it is shown or a list of files, expected a Form D: take the "
            "filing's "
            "primary_doc.xml, or its full submission in text",
            file, first_line);
    }
    XmlDocument document(std::move(xml), file, first_line);
    if (const auto line = document.doctype_line())
        refuse_xml("a DOCTYPE, expected none: a Form D has no entities", file, *line);
    const XmlElement root = document.root("edgarSubmission");
    if (!root) refuse_xml("no element edgarSubmission, expected a Form D", file, document.first_line());
    if (const auto form = other_form(root); !form.empty())
        refuse_xml("is a form " + std::string(form) + ", expected a Form D", file, document.first_line());
    return FieldCollector(document, file).of(root);
}

std::string text_of_fields(const FormDFields& fields) {
    std::string text;
    for (const auto& [path, field] : fields) text += path + "=" + field.text + "\n";
    return text;
}

//--- Full submissions

namespace {

struct HeaderLine {
    std::string_view key;
    std::string_view value;
    std::uint64_t line = 0;
};

// The lines of the SGML header with a value, in either style: `<TYPE>D` or `FORM TYPE: D`. A
// privacy-enhanced-mail wrapper may come before it and says nothing about the filing.
[[nodiscard]] std::vector<HeaderLine> header_lines(std::string_view text) {
    std::vector<HeaderLine> lines;
    std::uint64_t number = 0;
    bool started = false;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = without_space(rest.substr(0, rest.find('\n')));
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
        ++number;
        started = started || line.starts_with("<");
        if (!started || line.starts_with("</") || line.empty()) continue;
        const bool tagged = line.starts_with("<");
        const std::size_t end = line.find(tagged ? '>' : ':');
        if (end == std::string_view::npos) continue;
        const std::string_view value = without_space(line.substr(end + 1));
        if (!value.empty())
            lines.push_back(
                {without_space(line.substr(tagged ? 1 : 0, end - (tagged ? 1 : 0))), value, number});
    }
    return lines;
}

[[nodiscard]] HeaderLine header_line(const std::vector<HeaderLine>& lines, std::string_view tag,
                                     std::string_view name) {
    const auto at = std::find_if(lines.begin(), lines.end(),
                                 [&](const HeaderLine& l) { return l.key == tag || l.key == name; });
    return at == lines.end() ? HeaderLine{} : *at;
}

[[nodiscard]] std::string header_accession(const HeaderLine& line, std::string_view file) {
    if (line.value.empty()) return {};
    if (auto number = accession_number(line.value)) return *number;
    throw Error::refused(ErrorCode::bad_text, line.value, "an accession number, nnnnnnnnnn-nn-nnnnnn")
        .in_field(line.key)
        .at(file, line.line);
}

[[nodiscard]] std::optional<PartialDate> header_date(const HeaderLine& line, std::string_view file) {
    if (line.value.empty()) return std::nullopt;
    const std::string text(line.value);
    const bool digits = text.size() == 8 && text.find_first_not_of(digits_only) == std::string::npos;
    auto day =
        digits ? xml_day(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6)) : std::nullopt;
    if (!day)
        throw Error::refused(ErrorCode::bad_date, text, "YYYYMMDD").in_field(line.key).at(file, line.line);
    return day;
}

struct XmlPart {
    std::size_t open = std::string_view::npos;
    std::size_t close = std::string_view::npos;
};

// The first part between <XML> and </XML> that holds a Form D; else the first of all.
[[nodiscard]] XmlPart xml_part(std::string_view text) {
    XmlPart first;
    for (std::size_t open = text.find("<XML>"); open != std::string_view::npos;) {
        const XmlPart part{open, text.find("</XML>", open)};
        if (first.open == std::string_view::npos) first = part;
        if (part.close == std::string_view::npos) break;
        if (text.substr(open, part.close - open).find("<edgarSubmission") != std::string_view::npos)
            return part;
        open = text.find("<XML>", part.close);
    }
    return first;
}

}  // namespace

bool is_edgar_submission(std::string_view text) {
    std::string_view start = without_space(text.substr(0, 4096));
    if (start.starts_with("\xEF\xBB\xBF")) start = without_space(start.substr(3));
    return start.starts_with("<SEC-DOCUMENT>") || start.starts_with("<SUBMISSION>") ||
           start.starts_with("<SEC-HEADER>") || start.starts_with("<IMS-DOCUMENT>") ||
           start.starts_with("-----BEGIN PRIVACY-ENHANCED MESSAGE-----");
}

EdgarSubmission read_edgar_submission(std::string_view text, std::string_view file) {
    const XmlPart part = xml_part(text);
    if (part.close == std::string_view::npos)
        refuse_xml("no document between <XML> and </XML>, expected the one of a Form D", file, 1);
    for (const std::string_view begin :
         {"<SEC-HEADER>", "<SEC-DOCUMENT>", "<SUBMISSION>", "<IMS-DOCUMENT>"}) {
        const std::size_t next = text.find(begin, part.close);
        if (next == std::string_view::npos) continue;
        const auto lines_before =
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(next), '\n');
        refuse_xml("another submission begins here, expected a file for each", file,
                   1 + static_cast<std::uint64_t>(lines_before));
    }
    const std::size_t open = part.open;
    const std::size_t close = part.close;
    const std::size_t from = open + std::string_view("<XML>").size();
    const auto lines = header_lines(text.substr(0, open));
    EdgarSubmission submission;
    FilingHeader& header = submission.header;
    header.accession = header_accession(header_line(lines, "ACCESSION-NUMBER", "ACCESSION NUMBER"), file);
    header.filed = header_date(header_line(lines, "FILING-DATE", "FILED AS OF DATE"), file);
    header.file_number = header_line(lines, "FILE-NUMBER", "SEC FILE NUMBER").value;
    header.sic_code = header_line(lines, "ASSIGNED-SIC", "STANDARD INDUSTRIAL CLASSIFICATION").value;
    std::map<std::string_view, std::size_t> seen;
    for (const HeaderLine& line : lines) {
        const std::size_t count = ++seen[line.key];
        const std::string key =
            "header/" + std::string(line.key) + (count > 1 ? "[" + std::to_string(count) + "]" : "");
        header.attributes.emplace(key, line.value);
    }
    submission.xml = text.substr(from, close - from);
    const auto lines_before =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(from), '\n');
    submission.first_line = 1 + static_cast<std::uint64_t>(lines_before);
    return submission;
}

std::string_view within_xml_tags(std::string_view text) {
    constexpr std::string_view open = "<XML>";
    constexpr std::string_view close = "</XML>";
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || !text.substr(start).starts_with(open)) return text;
    const std::size_t from = start + open.size();
    return text.substr(from, text.find(close, from) - from);
}

namespace {

[[nodiscard]] bool all_digits(std::string_view text) {
    return text.find_first_not_of(digits_only) == std::string_view::npos;
}

[[nodiscard]] bool is_full_number(std::string_view text) {
    return text.size() == 20 && all_digits(text.substr(0, 10)) && text[10] == '-' &&
           all_digits(text.substr(11, 2)) && text[13] == '-' && all_digits(text.substr(14));
}

// Finds an accession number with no digit before or behind it.
[[nodiscard]] std::string accession_in_name(std::string_view name) {
    for (std::size_t at = 0; at + 18 <= name.size(); ++at) {
        if (at > 0 && all_digits(name.substr(at - 1, 1))) continue;
        for (const std::size_t length : {std::size_t{20}, std::size_t{18}}) {
            const std::string_view text = name.substr(at, length);
            if (text.size() != length ||
                (at + length < name.size() && all_digits(name.substr(at + length, 1))))
                continue;
            if (length == 20 ? is_full_number(text) : all_digits(text)) return *accession_number(text);
        }
    }
    return {};
}

}  // namespace

std::string accession_in(std::string_view path) {
    const std::size_t slash = path.find_last_of('/');
    const std::string_view name = path.substr(slash + 1);
    std::string number = accession_in_name(name);
    if (!number.empty() || slash == std::string_view::npos || name != "primary_doc.xml") return number;
    const std::string_view folder = path.substr(0, slash);
    return accession_in_name(folder.substr(folder.find_last_of('/') + 1));
}

std::optional<std::string> accession_number(std::string_view text) {
    if (text.size() == 18 && all_digits(text)) {
        return std::string(text.substr(0, 10)) + "-" + std::string(text.substr(10, 2)) + "-" +
               std::string(text.substr(12));
    }
    std::string number;
    std::string_view rest = text;
    for (const std::size_t length : {std::size_t{10}, std::size_t{2}, std::size_t{6}}) {
        const std::string_view part = rest.substr(0, rest.find('-'));
        if (part.empty() || part.size() > length || !all_digits(part)) return std::nullopt;
        number += (number.empty() ? "" : "-") + std::string(length - part.size(), '0') + std::string(part);
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    if (!rest.empty() || text.ends_with('-')) return std::nullopt;
    return number;
}

}  // namespace postmoney::detail
