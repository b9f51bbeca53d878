// The README's ten lines: applies a facts file to a ledger and asks what was raised and what agrees.
//   quickstart LEDGER FACTS
#include <fstream>
#include <iostream>
#include <postmoney/postmoney.hpp>

int main(int argc, char** argv) try {
    if (argc != 3) throw std::invalid_argument("usage: quickstart LEDGER FACTS");
    auto ledger = postmoney::Ledger::open(argv[1]);
    std::ifstream facts(argv[2]);
    ledger.apply(facts, argv[2]);
    for (const auto& total : ledger.total_raised("xAI")) {
        std::cout << "raised " << total.known->to_string() << " in " << total.rounds << " rounds\n";
    }
    for (const auto& finding : ledger.reconcile("xAI")) {
        std::cout << to_string(finding.severity) << ": " << finding.message << '\n';
    }
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
