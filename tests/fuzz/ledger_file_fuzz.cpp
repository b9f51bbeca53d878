// A ledger file with changes: the input is a list of them, each an offset of 3 bytes (its first 7 bits the
// length), and that many bytes. The file is opened, asked and verified. A file that verify calls ok holds the
// same facts.
#include <unistd.h>

#include <fstream>

#include "../store/fixtures.hpp"
#include "fuzz_input.hpp"

using namespace store_test;

namespace {

class Original {
  public:
    Original() {
        Ledger ledger = Ledger::open(path(), options());
        apply_text(ledger, every_table);
        facts = exported(ledger);
        bytes = read_file(path());
    }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "fuzzed.db"; }

    std::string facts;
    std::string bytes;

  private:
    TempFolder folder_;
};

std::string changed(std::string bytes, std::string_view changes) {
    constexpr std::size_t head = 4;
    while (changes.size() > head) {
        const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(changes[i])}; };
        const std::size_t length = std::min(byte(0) & 0x7FU, changes.size() - head);
        const std::size_t offset = (byte(1) << 16U | byte(2) << 8U | byte(3)) % bytes.size();
        const std::string_view written = changes.substr(head, length);
        bytes.replace(offset, std::min(length, bytes.size() - offset),
                      written.substr(0, bytes.size() - offset));
        changes.remove_prefix(head + length);
    }
    return bytes;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Original original;
    write_file(original.path(), changed(original.bytes, fuzz::text_of(data, size)));
    fuzz::accepted([&] {
        const Ledger ledger = Ledger::open(original.path(), options(Ledger::Access::read_only));
        std::string found;
        fuzz::accepted([&] {
            static_cast<void>(total_of(ledger, "Acme"));
            static_cast<void>(ledger.reconcile());
            found = exported(ledger);
        });
        if (ledger.verify().ok)
            fuzz::expect(found == original.facts, "what verify calls ok holds the same facts");
    });
    return 0;
}
