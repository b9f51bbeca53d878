// What a newsroom learnt of its companies between two times: what it would print today and would not have
// then.
//   newsroom LEDGER SINCE [UNTIL]
#include <iostream>
#include <postmoney/ledger.hpp>

using namespace postmoney;

int main(int argc, char** argv) try {
    if (argc != 3 && argc != 4) throw std::invalid_argument("usage: newsroom LEDGER SINCE [UNTIL]");
    const Ledger ledger = Ledger::open(argv[1], {.access = Ledger::Access::read_only});
    const View before = ledger.view({.known_at = Timestamp::parse(argv[2])});
    const View after = argc == 4 ? ledger.view({.known_at = Timestamp::parse(argv[3])}) : ledger.view();
    for (const CompanySummary& company : after.companies()) {
        bool headed = false;
        for (const Change& change : changes(before, after, company.name)) {
            if (change.subject == "finding") continue;
            if (!headed) std::cout << company.name << '\n';
            headed = true;
            std::cout << "  " << change.subject << ' ' << change.name;
            if (!change.field.empty()) std::cout << ", " << change.field;
            std::cout << ": ";
            if (change.before && change.after) {
                std::cout << *change.before << " -> " << *change.after << '\n';
            } else {
                std::cout << (change.after ? "now " + *change.after : "no longer " + *change.before) << '\n';
            }
        }
    }
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
