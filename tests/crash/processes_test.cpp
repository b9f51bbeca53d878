// Eight processes on one ledger: four writers, an importer, two readers and one that makes backups. The
// totals at the end are the sums that were acknowledged; readers and backups see whole batches and never less
// than before. Nobody waits for longer than the busy timeout, and whoever gives up gets the code busy.
//
// The processes do a given amount of work, without a clock. The long form repeats the short one 500 times,
// which takes about half an hour.
#include <sys/wait.h>
#include <unistd.h>

#include "fault_run.hpp"

using namespace fault_test;

namespace {

constexpr std::size_t writers = 4;
constexpr std::size_t writer_steps = 25;
constexpr std::size_t imports = 6;
constexpr std::size_t reads = 60;
constexpr std::size_t backups = 5;
constexpr std::size_t batch_lines = 5;
constexpr std::size_t table_rows = 20;

// The report of a process when it is done.
struct Done {
    std::uint64_t singles = 0;  // acknowledged
    std::uint64_t batches = 0;  // acknowledged; for an importer, tables
    std::uint64_t busy = 0;     // the times that it gave up waiting and tried again
    bool held = true;
};

Ledger open_shared(const std::filesystem::path& path, int busy_timeout, Ledger::Access access) {
    Ledger::Options opened = options(access);
    opened.busy_timeout = std::chrono::milliseconds(busy_timeout);
    return Ledger::open(path, opened);
}

// Repeats the call for as long as the file is busy.
template <class Call>
auto until_free(Done& done, const Call& call) {
    for (;;) {
        try {
            return call();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::busy) throw;
            ++done.busy;
        }
    }
}

std::string round_line(const std::string& handle, const std::string& company) {
    return R"({"kind":"round","round":")" + handle + R"(","company":")" + company +
           R"(","raised":"1 million USD"})" + "\n";
}

// The rounds that a company has; the total must be a million for each of them.
std::uint64_t rounds_of(const Ledger& ledger, const std::string& company, Done& done) {
    try {
        const auto totals = ledger.total_raised(company);
        if (totals.empty()) return 0;
        const Total& total = totals.front();
        const auto rounds = static_cast<std::uint64_t>(total.rounds);
        done.held =
            done.held && total.known && total.known->to_string() == std::to_string(rounds) + "000000.00 USD";
        return rounds;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unknown_party) throw;
        return 0;
    }
}

Done write_entries(const std::filesystem::path& path, std::size_t writer) {
    Done done;
    const std::string name = std::to_string(writer);
    // Some wait long, some give up soon.
    Ledger ledger = until_free(
        done, [&] { return open_shared(path, writer % 2 == 0 ? 10000 : 1, Ledger::Access::read_write); });
    for (std::size_t step = 0; step < writer_steps; ++step) {
        const std::string handle = name + "." + std::to_string(step);
        const bool batch = step % 3 == 0;
        std::string text;
        for (std::size_t i = 0; i < (batch ? batch_lines : 1); ++i)
            text += round_line(handle + "." + std::to_string(i), (batch ? "Batch " : "Single ") + name);
        until_free(done, [&] { apply_text(ledger, text); });
        ++(batch ? done.batches : done.singles);
    }
    return done;
}

Done import_tables(const std::filesystem::path& path, std::size_t) {
    Done done;
    Ledger ledger = until_free(done, [&] { return open_shared(path, 100, Ledger::Access::read_write); });
    for (std::size_t table = 0; table < imports; ++table) {
        std::string text = "company,date,series,amount,currency,investors\n";
        for (std::size_t row = 0; row < table_rows; ++row) {
            text += "Imported,2024-01-01,S" + std::to_string(table) + "-" + std::to_string(row) +
                    ",1000000,USD,Fund " + std::to_string(row) + "\n";
        }
        const std::string name = "table" + std::to_string(table);
        until_free(done, [&] {
            std::istringstream csv(text);
            static_cast<void>(import_csv(ledger, csv, name, built_in_map("rounds")));
        });
        ++done.batches;
    }
    return done;
}

Done read_totals(const std::filesystem::path& path, std::size_t) {
    Done done;
    const Ledger ledger = until_free(done, [&] { return open_shared(path, 100, Ledger::Access::read_only); });
    std::array<std::uint64_t, writers + 1> last{};
    for (std::size_t read = 0; read < reads; ++read) {
        const std::size_t which = read % last.size();
        const std::string company = which == writers ? "Imported" : "Batch " + std::to_string(which);
        const std::uint64_t whole = which == writers ? table_rows : batch_lines;
        const std::uint64_t rounds = until_free(done, [&] { return rounds_of(ledger, company, done); });
        done.held = done.held && rounds % whole == 0 && rounds >= last[which];
        last[which] = rounds;
    }
    return done;
}

Done make_backups(const std::filesystem::path& path, std::size_t) {
    Done done;
    const Ledger ledger = until_free(done, [&] { return open_shared(path, 100, Ledger::Access::read_only); });
    for (std::size_t i = 0; i < backups; ++i) {
        std::filesystem::path copy = path;
        copy += ".copy" + std::to_string(i);
        until_free(done, [&] { ledger.backup(copy); });
        const Ledger copied = open_shared(copy, 0, Ledger::Access::read_only);
        done.held = done.held && copied.verify().ok;
        for (std::size_t writer = 0; writer < writers; ++writer)
            done.held =
                done.held && rounds_of(copied, "Batch " + std::to_string(writer), done) % batch_lines == 0;
        ++done.batches;
    }
    return done;
}

class Process {
  public:
    using Work = Done (*)(const std::filesystem::path& path, std::size_t number);

    Process(Work work, const std::filesystem::path& path, std::size_t number) {
        std::array<int, 2> pipe{};
        if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
        child_ = ::fork();
        if (child_ < 0) throw std::runtime_error("no child process");
        if (child_ == 0) work_and_tell(work, path, number, pipe[1]);
        ::close(pipe[1]);
        result_ = pipe[0];
    }

    [[nodiscard]] Done wait() const {
        Done done;
        const bool told = ::read(result_, &done, sizeof done) == sizeof done;
        ::close(result_);
        int status = 0;
        ::waitpid(child_, &status, 0);
        if (!told || status != 0) done.held = false;
        return done;
    }

  private:
    [[noreturn]] static void work_and_tell(Work work, const std::filesystem::path& path, std::size_t number,
                                           int result) {
        try {
            const Done done = work(path, number);
            ::_exit(::write(result, &done, sizeof done) == sizeof done ? 0 : 3);
        } catch (const std::exception& error) {
            std::cerr << "a process: " << error.what() << std::endl;
            ::_exit(4);
        }
    }

    pid_t child_ = -1;
    int result_ = -1;
};

std::string totals_problem(const Ledger& ledger, const std::vector<Done>& done) {
    Done own;
    for (std::size_t writer = 0; writer < writers; ++writer) {
        const std::string name = std::to_string(writer);
        if (rounds_of(ledger, "Single " + name, own) != done[writer].singles)
            return "of single entries, writer " + name;
        if (rounds_of(ledger, "Batch " + name, own) != done[writer].batches * batch_lines)
            return "of batches, writer " + name;
    }
    if (rounds_of(ledger, "Imported", own) != done[writers].batches * table_rows) return "of imported tables";
    return own.held ? "" : "of a sum";
}

// One run of the eight. Returns how often one of them was busy.
std::uint64_t run_all(FaultRun& run, bool wal) {
    const TempFolder folder;
    const std::filesystem::path path = folder / "shared.db";
    static_cast<void>(Ledger::open(path, options()));
    if (wal) run.check(Sql(path).cell("PRAGMA journal_mode = WAL") == "wal", "WAL is set");
    std::vector<Process> processes;
    for (std::size_t writer = 0; writer < writers; ++writer)
        processes.emplace_back(write_entries, path, writer);
    processes.emplace_back(import_tables, path, 0);
    processes.emplace_back(read_totals, path, 0);
    processes.emplace_back(read_totals, path, 1);
    processes.emplace_back(make_backups, path, 0);
    std::vector<Done> done;
    for (const Process& process : processes) done.push_back(process.wait());
    std::uint64_t busy = 0;
    for (std::size_t i = 0; i < done.size(); ++i) {
        run.tried();
        run.check(done[i].held, "process " + std::to_string(i) + " failed, or saw part of a batch");
        busy += done[i].busy;
    }
    const Ledger ledger = Ledger::open(path, options());
    const std::string problem = totals_problem(ledger, done);
    run.check(problem.empty(), "the total is not what was acknowledged, " + problem);
    const Verification verified = ledger.verify();
    run.check(verified.ok, "verify says: " + verified.problem);
    return busy;
}

// Whether two connections may have a file in WAL mode open with this SQLite.
bool can_share_wal() {
    const TempFolder folder;
    const std::filesystem::path path = folder / "wal.db";
    static_cast<void>(Ledger::open(path, options()));
    static_cast<void>(Sql(path).cell("PRAGMA journal_mode = WAL"));
    const Ledger first = Ledger::open(path, options());
    return error_of([&] { static_cast<void>(Ledger::open(path, options())); }) == "no error";
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = arguments_of(argc, argv);
    FaultRun run("processes", arguments.seed);
    const bool wal = can_share_wal();
    if (!wal) {
        std::cout << "WAL with several connections: skipped, SQLite " << sqlite3_libversion()
                  << " can damage such a file" << std::endl;
    }
    const std::uint64_t runs = arguments.count_of(1, 500);
    std::uint64_t busy = 0;
    for (std::uint64_t i = 0; i < runs; ++i) {
        busy += run_all(run, false);
        if (wal) busy += run_all(run, true);
    }
    return run.finish("processes", std::to_string(busy) + " times busy and tried again");
}
