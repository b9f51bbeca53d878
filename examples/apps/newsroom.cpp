// What a newsroom learnt of its companies between two times: what it would print today and would not have
// then.
//   newsroom LEDGER SINCE [UNTIL]
#include <algorithm>
#include <iostream>
#include <postmoney/ledger.hpp>
#include <string>
#include <vector>

using namespace postmoney;

int main(int argc, char** argv) try {
    if (argc != 3 && argc != 4) throw std::invalid_argument("usage: newsroom LEDGER SINCE [UNTIL]");
    const Ledger ledger = Ledger::open(argv[1], {.access = Ledger::Access::read_only});
    const View before = ledger.view({.known_at = Timestamp::parse(argv[2])});
    const View after = argc == 4 ? ledger.view({.known_at = Timestamp::parse(argv[3])}) : ledger.view();
    std::vector<std::string> companies;
    for (const CompanySummary& company : after.companies()) companies.push_back(company.name);
    // Those of which all was taken back.
    for (const CompanySummary& company : before.companies()) {
        if (std::find(companies.begin(), companies.end(), company.name) == companies.end())
            companies.push_back(company.name);
    }
    for (const std::string& company : companies) {
        bool headed = false;
        for (const Change& change : changes(before, after, company)) {
            if (change.subject == "finding") continue;
            if (!headed) std::cout << company << '\n';
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
