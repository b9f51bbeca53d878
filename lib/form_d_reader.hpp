// Form D in the forms that the SEC hands it out in, each read into the same fields: the paths of the XML schema's elements
// ("offeringData/offeringSalesAmounts/totalAmountSold") with their values.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/form_d.hpp"
#include "postmoney/partial_date.hpp"

namespace postmoney::detail {

// A notice's values by element path, below `edgarSubmission`; of several elements of one name the second is `name[2]`.
using FormDFields = std::map<std::string, std::string, std::less<>>;

// What is known of a filing besides the notice itself.
struct FilingHeader {
    std::string accession;            // may be empty
    std::optional<PartialDate> filed;
    std::string sic_code;             // Standard Industrial Classification; may be empty
    std::string file_number;          // may be empty
};

// The typed notice. What has no member of its own goes to `attributes`: nothing is dropped. Throws missing-field, bad-number,
// bad-date, bad-word, naming the element.
[[nodiscard]] FormD form_d_from(FormDFields fields, const FilingHeader& header);

// The fields of a primary_doc.xml. White space and a byte-order mark before the declaration are passed over. The buffer is
// changed in place. Throws bad-xml with the line; also for a DOCTYPE, as a notice has none and entities could hide in it.
[[nodiscard]] FormDFields form_d_fields_of_xml(std::string& xml, std::string_view file, std::uint64_t first_line);

// A full EDGAR submission cut into its SGML header and the XML of its first document, also within a privacy-enhanced-mail
// wrapper. `first_line` is the line of the file that the XML starts on.
struct EdgarSubmission {
    FilingHeader header;
    std::string xml;
    std::uint64_t first_line = 1;
};
[[nodiscard]] bool is_edgar_submission(std::string_view text);
[[nodiscard]] EdgarSubmission read_edgar_submission(std::string_view text, std::string_view file);

// An accession number at the start of or within a file's name, "0001042167-11-000159.xml" or its 18 digits; else empty.
[[nodiscard]] std::string accession_in(std::string_view file_name);

}  // namespace postmoney::detail
