// Lines of a facts file. Each is read, written as canonical JSON, and recorded in a ledger that forgets it
// again.
#include <span>

#include "fuzz_input.hpp"
#include "postmoney/postmoney.hpp"

using namespace postmoney;

namespace {

std::vector<Entry> entries_in(std::string_view text) {
    std::vector<Entry> entries;
    FactsReader reader;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        fuzz::accepted([&] {
            const FactsLine read = reader.read(line);
            fuzz::expect(reader.read(read.body).id == read.id, "the canonical line is the same entry");
            // A number may be written as an integer or as a string, so the entry's own line may differ.
            const std::string own = canonical_json(read.entry);
            fuzz::expect(canonical_json(reader.read(own).entry) == own, "an entry is read as it was written");
            entries.push_back(read.entry);
        });
    }
    return entries;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Ledger ledger = Ledger::in_memory();
    const std::vector<Entry> entries = entries_in(fuzz::text_of(data, size));
    if (entries.empty()) return 0;
    {
        Ledger::Batch batch(ledger);
        for (const Entry& entry : entries)
            fuzz::accepted([&] { static_cast<void>(batch.record(std::span(&entry, 1))); });
    }
    fuzz::expect(ledger.size() == 0, "a batch that is not committed leaves nothing");
    return 0;
}
