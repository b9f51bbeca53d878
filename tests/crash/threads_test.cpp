// Threads, for the thread sanitizer (the preset tsan): a ledger for each thread on one file; one ledger that
// goes from thread to thread, never in two at once; and pure functions on values that all threads read.
// ledger.hpp gives these rules.
#include <atomic>
#include <thread>

#include "fault_run.hpp"

using namespace fault_test;

namespace {

constexpr std::size_t thread_count = 4;

std::string round_line(const std::string& handle, const std::string& company) {
    return R"({"kind":"round","round":")" + handle + R"(","company":")" + company +
           R"(","raised":"1 million USD"})" + "\n";
}

std::string source_lines(std::size_t thread) {
    std::string lines;
    for (int i = 0; i < 1000; ++i) {
        lines += R"({"kind":"source","type":"press","id":")" + std::to_string(thread) + "." +
                 std::to_string(i) + "\"}\n";
    }
    return lines;
}

// Repeats the call for as long as another thread's ledger holds the file.
template <class Call>
auto until_free(const Call& call) {
    for (;;) {
        try {
            return call();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::busy) throw;
            std::this_thread::yield();
        }
    }
}

void record_rounds(const std::filesystem::path& path, std::size_t thread, std::size_t steps) {
    Ledger ledger = until_free([&] { return Ledger::open(path, options()); });
    until_free([&] { apply_text(ledger, source_lines(thread)); });  // enough of them to be read ahead
    for (std::size_t step = 0; step < steps; ++step) {
        const std::string handle = std::to_string(thread) + "." + std::to_string(step);
        until_free([&] { apply_text(ledger, round_line(handle, "Acme")); });
        until_free([&] { static_cast<void>(ledger.reconcile("Acme")); });
    }
}

template <class Work>
void in_threads(const Work& work) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < thread_count; ++i) threads.emplace_back(work, i);
    for (std::thread& thread : threads) thread.join();
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = arguments_of(argc, argv);
    FaultRun run("threads", arguments.seed);
    const std::uint64_t steps = arguments.count_of(8, 100);
    const TempFolder folder;
    const std::filesystem::path path = folder / "threads.db";
    Ledger ledger = Ledger::open(path, options());

    std::atomic<std::size_t> failed{0};
    in_threads([&](std::size_t thread) {
        try {
            record_rounds(path, thread, steps);
        } catch (const std::exception& error) {
            std::cerr << "a thread: " << error.what() << std::endl;
            ++failed;
        }
    });
    run.tried(thread_count);
    run.check(failed == 0, "a thread with a ledger of its own failed");

    // The same object, in one thread after the other.
    for (std::size_t i = 0; i < thread_count; ++i) {
        std::thread([&] { apply_text(ledger, round_line("handed on " + std::to_string(i), "Acme")); }).join();
    }
    const std::uint64_t rounds = steps * thread_count + thread_count;
    run.check(total_of(ledger, "Acme") ==
                  std::to_string(rounds) + "000000.00 USD over " + std::to_string(rounds) + ", 0 undisclosed",
              "the total is another one: " + total_of(ledger, "Acme"));

    // All threads at once may use values without a ledger, as long as none changes them.
    const Dossier dossier = ledger.dossier("Acme");
    const auto expected = reconcile(dossier).size();
    in_threads([&](std::size_t) {
        if (reconcile(dossier).size() != expected ||
            Amount::parse("6 billion USD").to_string() != "6 billion USD")
            ++failed;
    });
    run.tried(2 * thread_count);
    run.check(failed == 0, "a thread read something else");
    const Verification verified = ledger.verify();
    run.check(verified.ok, "verify says: " + verified.problem);
    return run.finish("threads");
}
