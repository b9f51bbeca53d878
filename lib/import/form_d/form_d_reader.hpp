// Form D in the forms that the SEC hands it out in, each read into the same fields: the paths of the XML
// schema's elements
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

// A value and where it stands, for errors. `file` and `column` point into what outlives the fields.
struct FormDField {
    std::string text;
    std::string_view file;
    std::uint64_t line = 0;
    std::string_view column = {};  // of the data set; an XML notice names the path
};

// A notice's values by element path, below `edgarSubmission`; of several elements of one name the second is
// `name[2]`.
using FormDFields = std::map<std::string, FormDField, std::less<>>;

// What is known of a filing besides the notice itself.
struct FilingHeader {
    std::string accession;  // may be empty
    std::optional<PartialDate> filed;
    std::string sic_code;                           // Standard Industrial Classification; may be empty
    std::string file_number;                        // may be empty
    std::map<std::string, std::string> attributes;  // every other line of the header, as "header/KEY"
};

// The typed notice, its accession number and copy left as the header says. What has no member of its own goes
// to `attributes`: nothing is dropped. Throws missing-field, bad-number, bad-date, bad-word, with file, line
// and element.
[[nodiscard]] FormD form_d_from(FormDFields fields, const FilingHeader& header);

// The fields of a primary_doc.xml in UTF-8, US-ASCII or ISO-8859-1. White space and a byte-order mark before
// the declaration are passed over. Throws bad-xml with the line; also for a DOCTYPE, as a notice has none and
// entities could hide in it. The fields point to `file`.
[[nodiscard]] FormDFields form_d_fields_of_xml(std::string xml, std::string_view file,
                                               std::uint64_t first_line);

// What a notice is known by when nothing tells its accession number: its values, whatever white space, line
// ends and encoding they were written with.
[[nodiscard]] std::string text_of_fields(const FormDFields& fields);

// A full EDGAR submission cut into its SGML header and the XML of its first document, also within a
// privacy-enhanced-mail wrapper. `first_line` is the line of the file that the XML starts on.
struct EdgarSubmission {
    FilingHeader header;
    std::string xml;
    std::uint64_t first_line = 1;
};
[[nodiscard]] bool is_edgar_submission(std::string_view text);
[[nodiscard]] EdgarSubmission read_edgar_submission(std::string_view text, std::string_view file);

// An accession number within a file's name, "0001042167-11-000159.xml" or its 18 digits; of a primary_doc.xml
// also in the name of its folder, as EDGAR keeps them; else empty.
[[nodiscard]] std::string accession_in(std::string_view path);

// `nnnnnnnnnn-nn-nnnnnn` of a number that may lack its leading zeros or its dashes; null when it is none.
[[nodiscard]] std::optional<std::string> accession_number(std::string_view text);

}  // namespace postmoney::detail
