// A service in small: readers that answer while a writer records, each with a ledger of its own on one file.
// What a reader answers agrees with itself, whatever is recorded meanwhile.
//   service LEDGER
#include <atomic>
#include <iostream>
#include <postmoney/ledger.hpp>
#include <thread>

using namespace postmoney;

namespace {

constexpr int rounds_to_record = 40;

void write(const char* file) {
    Ledger ledger = Ledger::open(file);
    for (int i = 0; i < rounds_to_record; ++i) {
        const std::string handle = "acme-" + std::to_string(i);
        ledger.record(std::vector<Entry>{
            {.content =
                 RoundStatement{
                     .round = handle, .company = "Acme", .raised = Amount::parse("2 million USD")}},
            {.content = Participation{
                 .round = handle, .investor = "Blue Fund", .amount = Amount::parse("1 million USD")}}});
    }
}

// Answers until the writer is done. How many answers did not agree with themselves.
int read(const char* file, const std::atomic<bool>& done) {
    const Ledger ledger = Ledger::open(file, {.access = Ledger::Access::read_only});
    int wrong = 0;
    while (!done) {
        const View view = ledger.view();
        const auto companies = view.companies();
        if (companies.empty()) continue;
        const auto rounds = static_cast<std::int64_t>(view.rounds({.company = "Acme"}).size());
        const auto investments = static_cast<std::int64_t>(view.investments("Blue Fund").size());
        const auto known = view.total_raised("Acme").front().known->minor();
        if (rounds != companies.front().rounds || rounds != investments || known != rounds * 200'000'000)
            ++wrong;
    }
    return wrong;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) throw std::invalid_argument("usage: service LEDGER");
    static_cast<void>(Ledger::open(argv[1]));  // makes the file
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) readers.emplace_back([&] { wrong += read(argv[1], done); });
    write(argv[1]);
    done = true;
    for (std::thread& reader : readers) reader.join();
    const Ledger ledger = Ledger::open(argv[1], {.access = Ledger::Access::read_only});
    std::cout << ledger.view().rounds().size() << " rounds, " << wrong << " answers that disagree\n";
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
