// Memory runs out: in each step of a random program, each allocation of SQLite and of C++ fails in turn, once
// or from then on. The caller gets a postmoney::Error, or std::bad_alloc when C++ got no memory. The ledger
// is as before the step, for the program that saw the error and for one that opens it later. When there is
// memory again the step can be recorded, also through the same object.
//
// The short form tries 480 allocations spread over the steps, the long one every allocation.
#include <cstring>

#include "../replaced_new.hpp"
#include "fault_run.hpp"

using namespace fault_test;

namespace {

// Which allocation fails, of one allocator.
struct Allocations {
    bool armed = false;
    bool for_good = false;
    std::uint64_t at = 0;
    std::uint64_t made = 0;
    std::uint64_t failed = 0;

    bool fails() {
        if (!armed) return false;
        const std::uint64_t now = made++;
        if (now != at && !(for_good && now > at)) return false;
        ++failed;
        return true;
    }
    void arm(std::uint64_t which, bool from_there_on) {
        *this = {.armed = true, .for_good = from_there_on, .at = which, .made = 0, .failed = 0};
    }
};

Allocations of_cpp;
Allocations of_sqlite;
sqlite3_mem_methods real_memory;

void* failing_malloc(int size) {
    return of_sqlite.fails() ? nullptr : real_memory.xMalloc(size);
}

void* failing_realloc(void* memory, int size) {
    return of_sqlite.fails() ? nullptr : real_memory.xRealloc(memory, size);
}

void let_sqlite_fail() {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    sqlite3_mem_methods failing = real_memory;
    failing.xMalloc = failing_malloc;
    failing.xRealloc = failing_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK)
        throw std::runtime_error("SQLite takes no other allocator");
}

}  // namespace

void* allocate(std::size_t size) noexcept {
    return of_cpp.fails() ? nullptr : std::malloc(size == 0 ? 1 : size);
}

namespace {

struct Step {
    std::string file;  // the ledger's bytes before it
    std::string text;
    std::string before;
    std::string after;
};

class MemoryErrors {
  public:
    explicit MemoryErrors(FaultRun& run) : run_(&run) {}

    // The steps of a script, with the ledger that each begins with.
    [[nodiscard]] std::vector<Step> steps_of(const Script& script) const {
        const auto states = script.states();
        std::vector<Step> steps;
        static_cast<void>(Ledger::open(path_, options()));
        for (std::size_t i = 0; i < script.steps().size(); ++i) {
            steps.push_back({read_file(path_), script.steps()[i], states[i], states[i + 1]});
            Ledger ledger = Ledger::open(path_, options());
            apply_text(ledger, script.steps()[i]);
        }
        return steps;
    }

    // The number of allocations to open the ledger and record the step.
    [[nodiscard]] std::uint64_t count(const Step& step, Allocations& allocations) {
        write_file(path_, step.file);
        allocations.arm(~std::uint64_t{0}, false);
        {
            Ledger ledger = Ledger::open(path_, options());
            apply_text(ledger, step.text);
        }
        allocations.armed = false;
        return allocations.made;
    }

    void try_allocation(const Step& step, Allocations& allocations, std::uint64_t at, bool for_good) {
        run_->tried();
        write_file(path_, step.file);
        const Ledger::Options opened = options();
        std::istringstream text(step.text);
        std::optional<Ledger> ledger;
        std::string refusal;
        bool refused = true;
        allocations.arm(at, for_good);
        try {
            ledger.emplace(Ledger::open(path_, opened));
            ledger->apply(text, "f");
            refused = false;
        } catch (const Error& error) {
            allocations.armed = false;
            // Without memory SQLite may also say that it cannot open or read a file.
            check(error.code() == ErrorCode::out_of_memory || error.code() == ErrorCode::io, at,
                  error.what());
        } catch (const std::bad_alloc&) {
            allocations.armed = false;
            check(&allocations == &of_cpp, at, "std::bad_alloc for memory that SQLite asked for");
        } catch (const std::exception& other) {
            allocations.armed = false;
            check(false, at, std::string("neither Error nor bad_alloc: ") + other.what());
        }
        allocations.armed = false;
        refused_ += refused ? 1 : 0;
        try {
            look_at(ledger, step, refused, at);
        } catch (const std::exception& error) {
            check(false, at, std::string("there is memory again, but: ") + error.what());
        }
    }

    [[nodiscard]] std::uint64_t refused() const { return refused_; }

  private:
    void look_at(std::optional<Ledger>& ledger, const Step& step, bool refused, std::uint64_t at) {
        if (!ledger) ledger.emplace(Ledger::open(path_, options()));
        check(exported(*ledger) == (refused ? step.before : step.after), at, "the ledger is not as before");
        apply_text(*ledger, step.text);
        check(exported(*ledger) == step.after, at, "the step cannot be recorded afterwards");
        ledger.reset();
        const Ledger again = Ledger::open(path_, options());
        check(exported(again) == step.after, at, "another program finds something else");
        if (run_->tried_so_far() % 8 != 0) return;  // verify takes longer than all the rest
        const Verification verified = again.verify();
        check(verified.ok, at, "verify says: " + verified.problem);
    }

    void check(bool holds, std::uint64_t at, const std::string& what) {
        if (!holds) run_->fail("allocation " + std::to_string(at) + ": " + what);
    }

    TempFolder folder_;
    std::filesystem::path path_ = folder_ / "memory.db";
    FaultRun* run_;
    std::uint64_t refused_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    let_sqlite_fail();
    const Arguments arguments = arguments_of(argc, argv);
    FaultRun run("out of memory", arguments.seed);
    std::mt19937_64 random(arguments.seed);
    MemoryErrors errors(run);
    const auto steps = errors.steps_of(Script(random(), arguments.long_run ? 8 : 3));
    const std::uint64_t per_kind = arguments.count_of(480, 0) / (steps.size() * 4);
    for (const Step& step : steps) {
        for (Allocations* allocations : {&of_sqlite, &of_cpp}) {
            const std::uint64_t made = errors.count(step, *allocations);
            const std::uint64_t stride = per_kind == 0 ? 1 : std::max<std::uint64_t>(1, made / per_kind);
            for (const bool for_good : {false, true}) {
                for (std::uint64_t at = below(random, stride); at < made; at += stride)
                    errors.try_allocation(step, *allocations, at, for_good);
            }
        }
    }
    return run.finish("failing allocations",
                      std::to_string(errors.refused()) + " refused, the others not needed");
}
