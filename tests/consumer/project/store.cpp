// Uses postmoney::postmoney, down to the libraries that are private to it.
#include <postmoney/postmoney.hpp>
#include <sstream>

int main() {
    auto ledger = postmoney::Ledger::in_memory();
    std::istringstream facts(R"({"kind":"round","round":"seed","company":"Acme","raised":"2 million USD"})");
    ledger.apply(facts, "seed.facts.jsonl");
    return ledger.total_raised("Acme").size() == 1 ? 0 : 1;
}
