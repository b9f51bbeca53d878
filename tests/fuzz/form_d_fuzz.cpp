// Form D notices: XML, and full submissions with their SGML header and perhaps a mail wrapper.
#include "fuzz_input.hpp"
#include "import/form_d/form_d_reader.hpp"
#include "postmoney/postmoney.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    fuzz::accepted([&] {
        detail::FilingHeader header;
        std::string xml(text);
        std::uint64_t first_line = 1;
        if (detail::is_edgar_submission(text)) {
            auto submission = detail::read_edgar_submission(text, "submission.txt");
            header = std::move(submission.header);
            first_line = submission.first_line;
            xml = std::move(submission.xml);
        }
        auto fields = detail::form_d_fields_of_xml(std::move(xml), "notice.xml", first_line);
        if (header.accession.empty()) header.accession = "0000000000-24-000001";
        for (const Entry& entry : entries_of(detail::form_d_from(std::move(fields), header)))
            static_cast<void>(canonical_json(entry));
    });
    fuzz::accepted([&] { static_cast<void>(detail::accession_in(text)); });
    return 0;
}
