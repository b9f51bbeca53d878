// kill -9: a child records and acknowledges each commit on a pipe; its parent kills it at a random moment.
// Every acknowledged step is in the ledger, no step is there in part, and verify passes. This holds for
// single entries and batches, for the journal modes DELETE and WAL, and for the creation of the ledger.
//
// The moment is a number of acknowledgements and then a number of turns of an empty loop, without sleep or
// clock.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "fault_run.hpp"

using namespace fault_test;

namespace {

// The number of lines of step `number`: most steps are single entries, some are batches.
std::size_t lines_of(std::uint64_t number) {
    const std::uint64_t mixed = number * 0x9E3779B97F4A7C15U >> 32U;
    return mixed % 3 == 0 ? 2 + mixed % 40 : 1;
}

std::string step_text(std::uint64_t number) {
    std::string text;
    for (std::size_t i = 0; i < lines_of(number); ++i) {
        const std::string name = std::to_string(number) + "." + std::to_string(i);
        text += R"({"kind":"round","round":")" + name + R"(","company":"Acme )" + std::to_string(i % 3) +
                R"(","raised":"1 million USD"})" + "\n";
    }
    return text;
}

// Records step after step until it is killed.
[[noreturn]] void record_forever(const std::filesystem::path& path, std::uint64_t next, int acknowledge) {
    try {
        Ledger ledger = Ledger::open(path, options());
        for (;; ++next) {
            apply_text(ledger, step_text(next));
            if (::write(acknowledge, "+", 1) != 1) ::_exit(3);
        }
    } catch (const std::exception& error) {
        std::cerr << "the child: " << error.what() << std::endl;
        ::_exit(4);
    }
}

struct Killed {
    std::uint64_t acknowledged = 0;
    bool by_us = false;  // rather than by a fault of its own
};

Killed record_and_kill(const std::filesystem::path& path, std::uint64_t next, std::uint64_t acknowledgements,
                       std::uint64_t turns) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no child process");
    if (child == 0) {
        ::close(pipe[0]);
        record_forever(path, next, pipe[1]);
    }
    ::close(pipe[1]);
    Killed killed;
    char byte = 0;
    while (killed.acknowledged < acknowledgements && ::read(pipe[0], &byte, 1) == 1) ++killed.acknowledged;
    volatile std::uint64_t turn = 0;
    while (turn < turns) {
        const std::uint64_t next_turn = turn + 1;
        turn = next_turn;
    }
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &byte, 1) == 1) ++killed.acknowledged;  // the bytes that it wrote before it died
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    killed.by_us = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    return killed;
}

// The number of steps in the ledger. All of them must be whole.
std::uint64_t steps_in(const std::filesystem::path& path, FaultRun& run) {
    const Ledger ledger = Ledger::open(path, options());
    const Verification verified = ledger.verify();
    run.check(verified.ok, "verify says: " + verified.problem);
    std::uint64_t step = 0;
    std::size_t line = 0;
    ledger.for_each_entry([&](const LogEntry& entry) {
        const std::string expected = std::to_string(step) + "." + std::to_string(line);
        run.check(entry.round == expected, "the next round is " + entry.round + ", expected " + expected);
        if (++line == lines_of(step)) {
            ++step;
            line = 0;
        }
    });
    run.check(line == 0, "step " + std::to_string(step) + " is there by half");
    return step;
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = arguments_of(argc, argv);
    const std::uint64_t kills = arguments.count_of(200, 10000);
    FaultRun run("kill -9", arguments.seed);
    std::mt19937_64 random(arguments.seed);
    std::uint64_t acknowledged = 0;
    std::uint64_t unacknowledged = 0;  // on disk, though the child died before it could say so
    while (run.tried_so_far() < kills) {
        const TempFolder folder;
        const std::filesystem::path path = folder / "killed.db";
        const bool wal = below(random, 2) == 0;
        if (wal) {
            static_cast<void>(Ledger::open(path, options()));
            run.check(Sql(path).cell("PRAGMA journal_mode = WAL") == "wal", "WAL is set");
        }
        std::uint64_t steps = 0;
        for (int i = 0; i < 8 && run.tried_so_far() < kills; ++i) {
            run.tried();
            const std::uint64_t turns = below(random, std::size_t{1} << (8 + below(random, 15)));
            const Killed killed = record_and_kill(path, steps, below(random, 6), turns);
            run.check(killed.by_us, "the child was killed by us");
            const std::uint64_t found = steps_in(path, run);
            run.check(found >= steps + killed.acknowledged, "an acknowledged step is lost");
            run.check(found <= steps + killed.acknowledged + 1, "more steps are there than were begun");
            acknowledged += killed.acknowledged;
            unacknowledged += found - std::min(found, steps + killed.acknowledged);
            steps = found;
        }
    }
    return run.finish("kills", std::to_string(acknowledged) + " acknowledged steps, " +
                                   std::to_string(unacknowledged) + " committed just before the kill");
}
