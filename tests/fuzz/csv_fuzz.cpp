// Tables in CSV. Each is sampled, gets a map proposed, and is imported into a ledger that keeps nothing of
// it.
#include <sstream>

#include "fuzz_input.hpp"
#include "postmoney/postmoney.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Ledger ledger = Ledger::in_memory();
    const std::string text(fuzz::text_of(data, size));
    const CsvOptions dry{.dry_run = true, .keep_going = true, .recorded = {}};
    for (const char* map : {"rounds", "investments", "companies"}) {
        fuzz::accepted([&] {
            std::istringstream csv(text);
            static_cast<void>(import_csv(ledger, csv, "table.csv", built_in_map(map), dry));
        });
    }
    fuzz::accepted([&] {
        std::istringstream csv(text);
        const CsvProposal proposal = propose_map(read_csv_sample(csv, "table.csv"));
        std::istringstream again(text);
        static_cast<void>(import_csv(ledger, again, "table.csv", proposal.map, dry));
    });
    fuzz::expect(ledger.size() == 0, "a dry run leaves nothing");
    return 0;
}
