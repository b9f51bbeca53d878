// What an investor put in and what it holds, from one moment of the ledger.
//   portfolio LEDGER INVESTOR
// portfolio.py and portfolio.js print the same from the file's views.
#include <algorithm>
#include <iostream>
#include <map>
#include <postmoney/ledger.hpp>
#include <postmoney/value.hpp>
#include <tuple>

using namespace postmoney;

int main(int argc, char** argv) try {
    if (argc != 3) throw std::invalid_argument("usage: portfolio LEDGER INVESTOR");
    const View view = Ledger::open(argv[1], {.access = Ledger::Access::read_only}).view();
    std::cout << view.party(argv[2]).name << "\n\n";

    std::vector<Investment> investments = view.investments(argv[2]);
    const auto order = [](const Investment& one) {
        return std::make_tuple(one.date ? one.date->to_string() : "~", one.company, one.round);
    };
    std::sort(investments.begin(), investments.end(),
              [&](const auto& a, const auto& b) { return order(a) < order(b); });
    Balance put_in;
    for (const Investment& one : investments) {
        const bool told = one.amount && one.amount->disclosed();
        // Also what was paid to a holder of old shares, which the company did not raise.
        const bool paid =
            one.counts || (one.status != RoundStatus::rumoured && one.status != RoundStatus::cancelled);
        if (told && paid) put_in += one.amount->known();
        std::cout << (one.date ? one.date->to_string() : "no date") << "  " << one.company << "  "
                  << one.round << "  " << (told ? one.amount->known().to_string() : "undisclosed")
                  << (one.lead.value_or(false) ? "  lead" : "") << (paid ? "" : "  not paid") << '\n';
    }
    for (const Money& sum : put_in) std::cout << "put in " << sum << '\n';

    std::cout << '\n';
    Balance worth;
    for (const Position& held : view.positions(argv[2])) {
        if (held.value) worth += *held.value;
        std::cout << held.company << "  " << held.security_class.value_or("all classes") << "  "
                  << (held.shares ? share_text(*held.shares) : "untold") << " shares  "
                  << (held.value ? held.value->to_string() : std::string(to_string(*held.gap))) << '\n';
    }
    for (const Money& sum : worth) std::cout << "worth " << sum << '\n';
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
