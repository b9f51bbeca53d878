// A disk that once gives less of a page than was asked for. SQLite takes the missing bytes for zeros and
// keeps the page. In the last page of a long text only the text's hash shows this. The call that met it must
// fail or answer as ever, and the next one must find the ledger as it is.
#include <doctest/doctest.h>

#include <functional>

#include "../crash/simulated_disk.hpp"
#include "fixtures.hpp"

using namespace store_test;

namespace {

constexpr std::string_view ledger_path = "/tmp/postmoney-short-reads.db";

// A text longer than a page, so that its end lies in a page of its own.
std::string long_note() {
    return R"({"kind":"round","round":"a","company":"Acme","raised":"5 million USD","key":"k","note":")" +
           std::string(6000, 'n') + "\"}\n";
}

struct Call {
    std::string_view name;
    std::function<std::string(Ledger&)> run;
    bool writes = false;
};

const std::vector<Call>& calls() {
    static const std::vector<Call> all{
        {"export", [](Ledger& ledger) { return exported(ledger); }},
        {"entries",
         [](Ledger& ledger) {
             std::string bodies;
             ledger.for_each_entry([&](const LogEntry& entry) { bodies += entry.body; });
             return bodies;
         }},
        {"claims",
         [](Ledger& ledger) {
             std::string notes;
             for (const Claim& claim : ledger.claims_of_kind(EntryKind::round))
                 notes += canonical_json(claim.entry);
             return notes;
         }},
        {"record",
         [](Ledger& ledger) {
             apply_text(ledger,
                        R"({"kind":"round","round":"b","company":"Acme","raised":"1 USD","key":"l"})");
             return exported(ledger);
         },
         true},
    };
    return all;
}

}  // namespace

TEST_CASE("a page that came short is neither passed on nor kept") {
    fault_test::SimulatedDisk disk;
    {
        Ledger ledger = Ledger::open(ledger_path, options());
        apply_text(ledger, long_note());
    }
    const fault_test::DiskImage image = disk.image();
    for (const Call& call : calls()) {
        std::string whole;
        {
            Ledger ledger = Ledger::open(ledger_path, options());
            whole = call.run(ledger);
        }
        int tried = 0;
        int refused = 0;
        for (bool reached = true; reached; ++tried) {
            CAPTURE(call.name);
            CAPTURE(tried);
            disk.load(image);
            Ledger ledger = Ledger::open(ledger_path, options());
            reached = false;
            disk.fault = [&, reads = 0](fault_test::DiskCall asked) mutable {
                if (asked != fault_test::DiskCall::read || reads++ != tried) return SQLITE_OK;
                reached = true;
                return SQLITE_IOERR_SHORT_READ;
            };
            std::string answer = whole;
            const std::string error = error_of([&] { answer = call.run(ledger); });
            disk.fault = nullptr;
            CHECK(answer == whole);
            if (error == "no error" && call.writes) continue;
            if (error != "no error") ++refused;
            CHECK(error_of([&] { answer = call.run(ledger); }) == "no error");
            CHECK(answer == whole);
        }
        CHECK(refused > 0);
    }
}
