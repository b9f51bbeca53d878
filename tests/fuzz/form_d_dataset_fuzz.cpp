// The tables of the Form D data set: parts of the input, each after a byte 1E, with the table's name in its
// first line.
#include "fuzz_input.hpp"
#include "import/form_d/form_d_dataset.hpp"
#include "postmoney/postmoney.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest = fuzz::text_of(data, size);
    detail::FormDDataset dataset;
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('\x1E'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        const std::size_t end = std::min(part.find('\n'), part.size());
        const std::string table = detail::FormDDataset::table_of(std::string(part.substr(0, end)) + ".tsv");
        if (table.empty()) continue;
        fuzz::accepted([&] {
            dataset.add(table, table + ".tsv", std::string(part.substr(std::min(end + 1, part.size()))));
        });
    }
    fuzz::accepted([&] {
        static_cast<void>(dataset.check_tables());
        const auto refused = [](const Error& error) {
            fuzz::expect(!error.file().empty(), "a refusal names its table");
        };
        for (std::size_t row = 0; row < dataset.size(); ++row) {
            std::optional<FormD> filing;
            try {
                filing = dataset.filing(row);
            } catch (const Error& error) {
                refused(error);
            }
            if (!filing) continue;
            fuzz::accepted([&] {
                for (const Entry& entry : entries_of(*filing)) static_cast<void>(canonical_json(entry));
            });
        }
        dataset.for_each_stray(refused);
    });
    return 0;
}
