#include "record_one.hpp"

#include <iostream>

#include "open_ledger.hpp"

using namespace postmoney;

int record_line(const ProgramOptions& program, const std::string& line) {
    Ledger ledger = open_ledger(program, Ledger::Access::read_write);
    const FactsLine read = FactsReader().read(line, ledger.currencies());
    const std::int64_t before = ledger.size();
    ledger.record(read.entry, read.recorded);
    const bool is_new = ledger.size() != before;
    if (program.json) {
        print({{"id", json_text(read.id)}, {"recorded", is_new}, {"entry", Json::parse(read.body)}});
    } else {
        std::cout << printable(read.body) << '\n'
                  << (is_new ? "recorded as " : "on record already as ") << json_text(read.id) << '\n';
    }
    return 0;
}
