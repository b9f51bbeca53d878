// Reads each form in which the SEC hands out Form D into the same fields: the paths of the XML schema's
// elements
// ("offeringData/offeringSalesAmounts/totalAmountSold") with their values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/import/form_d.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney::detail {

// A value and its place, for errors. `file` and `column` point into texts that outlive the fields.
struct FormDField {
    std::string text;
    std::string_view file;
    std::uint64_t line = 0;
    std::string_view column = {};  // of the data set; an XML notice names the path
};

// A notice's values by the path of their element below `edgarSubmission`. The second of several elements of
// one name is `name[2]`.
using FormDFields = std::map<std::string, FormDField, std::less<>>;

// What is known of a filing besides the notice itself.
struct FilingHeader {
    std::string accession;  // may be empty
    std::optional<PartialDate> filed;
    std::string sic_code;                           // Standard Industrial Classification; may be empty
    std::string file_number;                        // may be empty
    std::map<std::string, std::string> attributes;  // every other line of the header, as "header/KEY"
};

// The typed notice. The header gives its accession number; the caller sets `copy`. Values without a member of
// their own go to `attributes`, so that nothing is dropped. Throws missing-field, bad-number, bad-date,
// bad-word, with file, line and element.
[[nodiscard]] FormD form_d_from(FormDFields fields, const FilingHeader& header);

// The fields of a primary_doc.xml in UTF-8, US-ASCII or ISO-8859-1. White space and a byte-order mark before
// the declaration are skipped. Throws bad-xml with the line, also for a DOCTYPE, which no notice has and
// which could hide entities. The fields point to `file`.
[[nodiscard]] FormDFields form_d_fields_of_xml(std::string xml, std::string_view file,
                                               std::uint64_t first_line);

// The values of a notice as one text, whatever the white space, line ends and encoding of its file. Its hash
// stands for the accession number when nothing tells that.
[[nodiscard]] std::string text_of_fields(const FormDFields& fields);

// A full EDGAR submission, cut into its SGML header and the XML of its first document. A
// privacy-enhanced-mail wrapper is skipped. `first_line` is the line of the file on which the XML starts.
struct EdgarSubmission {
    FilingHeader header;
    std::string xml;
    std::uint64_t first_line = 1;
};
[[nodiscard]] bool is_edgar_submission(std::string_view text);
[[nodiscard]] EdgarSubmission read_edgar_submission(std::string_view text, std::string_view file);

// The text between <XML> and </XML> of a part that was cut from a submission with these tags; other text as
// it is.
[[nodiscard]] std::string_view within_xml_tags(std::string_view text);

// The accession number in a file's name, as "0001042167-11-000159.xml" or its 18 digits; empty if there is
// none. For a primary_doc.xml it may also be in the name of the folder, as on EDGAR.
[[nodiscard]] std::string accession_in(std::string_view path);

// `nnnnnnnnnn-nn-nnnnnn` for a number that may lack its leading zeros or its dashes; null when it is not such
// a number.
[[nodiscard]] std::optional<std::string> accession_number(std::string_view text);

}  // namespace postmoney::detail
