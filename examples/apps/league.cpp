// The league tables of a year: who raised the most, and who invested the most often.
//   league LEDGER YEAR CURRENCY
#include <iostream>
#include <postmoney/ledger.hpp>

using namespace postmoney;

namespace {

void print(std::string_view title, const std::vector<LeaguePlace>& places) {
    std::cout << title << '\n';
    int place = 0;
    for (const LeaguePlace& one : places) {
        std::cout << "  " << ++place << ". " << one.name << "  " << one.rounds
                  << (one.rounds == 1 ? " round" : " rounds");
        if (one.total) std::cout << "  " << *one.total << ", median " << *one.median;
        if (one.untold != 0) std::cout << "  (" << one.untold << " untold)";
        std::cout << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 4) throw std::invalid_argument("usage: league LEDGER YEAR CURRENCY");
    const Ledger ledger = Ledger::open(argv[1], {.access = Ledger::Access::read_only});
    const View view = ledger.view({.in = ledger.currencies().get(argv[3])});
    const int year = std::stoi(argv[2]);
    print("Companies", view.league({.year = year}));
    print("Investors", view.league({.of = LeagueOf::investor, .year = year}));
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
