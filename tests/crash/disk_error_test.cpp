// The disk fails: in each step of random programs, every call to the disk fails in turn, once or from then
// on, with an I/O error, a short read or a full disk. The caller gets one postmoney::Error with a code that
// fits. The ledger is as before the step, for the program that saw the error and for one that opens it later.
// When the disk works again the step can be recorded, also through the same object.
//
// The short form takes every eighth call of one script, the long one every call of 30.
#include "fault_run.hpp"
#include "simulated_disk.hpp"

using namespace fault_test;

namespace {

const std::filesystem::path& ledger_path() {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / "postmoney-on-a-failing-disk.db";
    return path;
}

enum class Failure : std::uint8_t { io_error, full, short_read };

// How a call fails for SQLite.
int result_of(DiskCall call, Failure failure) {
    switch (call) {
        case DiskCall::open:
            return SQLITE_CANTOPEN;
        case DiskCall::read:
            return failure == Failure::short_read ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_READ;
        case DiskCall::write:
            return failure == Failure::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        case DiskCall::truncate:
            return SQLITE_IOERR_TRUNCATE;
        case DiskCall::sync:
            return SQLITE_IOERR_FSYNC;
        case DiskCall::remove:
            return SQLITE_IOERR_DELETE;
        case DiskCall::sync_folder:
            return SQLITE_IOERR_DIR_FSYNC;
        case DiskCall::access:
            return SQLITE_IOERR_ACCESS;
        case DiskCall::size:
            return SQLITE_IOERR_FSTAT;
        case DiskCall::lock:
            return SQLITE_IOERR_LOCK;
    }
    return SQLITE_IOERR;
}

// Lets call `at` fail, counted from 0, or every call from there on.
struct Plan {
    std::size_t at = 0;
    bool for_good = false;
    Failure failure = Failure::io_error;

    [[nodiscard]] std::string text() const {
        constexpr std::array<const char*, 3> words{"I/O error", "disk full", "short read"};
        return std::string(words[static_cast<std::size_t>(failure)]) +
               (for_good ? " from call " : " at call ") + std::to_string(at);
    }
};

// Lets the disk fail as long as it lives; says whether the call to fail was reached.
class Failing {
  public:
    Failing(SimulatedDisk& disk, Plan plan) : disk_(&disk) {
        disk.fault = [this, plan](DiskCall call) {
            const std::size_t now = calls_++;
            if (now != plan.at && !(plan.for_good && now > plan.at)) return SQLITE_OK;
            ++failed_;
            if (call == DiskCall::sync_folder) folder_sync_failed_ = true;
            return result_of(call, plan.failure);
        };
    }
    ~Failing() { stop(); }
    Failing(const Failing&) = delete;
    Failing& operator=(const Failing&) = delete;

    void stop() { disk_->fault = nullptr; }
    [[nodiscard]] bool failed() const { return failed_ > 0; }
    // The removal of the journal is the commit. When only the sync of the folder fails after it, the entries
    // are there, although an error said that they may not be.
    [[nodiscard]] bool folder_sync_failed() const { return folder_sync_failed_; }

  private:
    SimulatedDisk* disk_;
    std::size_t calls_ = 0;
    std::size_t failed_ = 0;
    bool folder_sync_failed_ = false;
};

bool is_disk_error(const Error& error, Failure failure) {
    // A file that was cut off gives a short read.
    return error.code() == ErrorCode::io ||
           (failure == Failure::short_read && error.code() != ErrorCode::misuse);
}

struct Step {
    std::string text;
    std::string before;
    std::string after;
};

class DiskErrors {
  public:
    // Lets every stride-th call fail.
    DiskErrors(FaultRun& run, std::size_t stride) : run_(&run), stride_(stride) {}

    void try_script(std::uint64_t seed, std::size_t steps) {
        const Script script(seed, steps);
        const auto states = script.states();
        disk_.load({});
        try_every_call(Step{.text = "", .before = "", .after = ""});  // the creation of the ledger
        static_cast<void>(Ledger::open(ledger_path(), options()));
        for (std::size_t i = 0; i < steps; ++i) {
            const DiskImage image = disk_.image();
            try_every_call(Step{.text = script.steps()[i], .before = states[i], .after = states[i + 1]});
            disk_.load(image);
            Ledger ledger = Ledger::open(ledger_path(), options());
            apply_text(ledger, script.steps()[i]);
        }
    }

    [[nodiscard]] std::string summary() const {
        return std::to_string(refused_) + " refused, " + std::to_string(recorded_anyway_) +
               " recorded though the folder's sync failed";
    }

  private:
    void try_every_call(const Step& step) {
        const DiskImage image = disk_.image();
        for (const Failure failure : {Failure::io_error, Failure::full, Failure::short_read}) {
            for (const bool for_good : {false, true}) {
                for (std::size_t at = next_start_++ % stride_;; at += stride_) {
                    disk_.load(image);
                    if (!try_call(step, Plan{.at = at, .for_good = for_good, .failure = failure})) break;
                }
            }
        }
    }

    // One failure while the ledger is opened or the step is recorded; false when the plan was never reached.
    bool try_call(const Step& step, const Plan& plan) {
        plan_ = plan.text();
        Failing failing(disk_, plan);
        std::optional<Ledger> ledger;
        bool refused = false;
        try {
            ledger.emplace(Ledger::open(ledger_path(), options()));
            if (!step.text.empty()) apply_text(*ledger, step.text);
        } catch (const Error& error) {
            refused = true;
            check(is_disk_error(error, plan.failure), error.what());
        } catch (const std::exception& other) {
            check(false, std::string("no postmoney::Error: ") + other.what());
        }
        const bool reached = failing.failed();
        failing.stop();
        if (!reached) {
            check(!refused, "refused though nothing failed");
            return false;
        }
        run_->tried();
        refused_ += refused ? 1 : 0;
        try {
            look_at(ledger, step, refused, failing.folder_sync_failed());
        } catch (const std::exception& error) {
            check(false, std::string("the disk works again, but: ") + error.what());
        }
        return true;
    }

    void look_at(std::optional<Ledger>& ledger, const Step& step, bool refused, bool folder_sync_failed) {
        if (!ledger) ledger.emplace(Ledger::open(ledger_path(), options()));
        const std::string found = exported(*ledger);
        if (refused && folder_sync_failed && found == step.after) {
            ++recorded_anyway_;
        } else {
            check(found == (refused ? step.before : step.after), "the ledger is not as before");
        }
        apply_text(*ledger, step.text);
        check(exported(*ledger) == step.after, "the step cannot be recorded afterwards");
        ledger.reset();
        const Ledger again = Ledger::open(ledger_path(), options());
        check(exported(again) == step.after, "another program finds something else");
        if (run_->tried_so_far() % 8 != 0) return;  // verify takes longer than all the rest
        const Verification verified = again.verify();
        check(verified.ok, "verify says: " + verified.problem);
    }

    void check(bool holds, const std::string& what) { run_->check(holds, plan_ + ": " + what); }

    FaultRun* run_;
    std::size_t stride_;
    std::size_t next_start_ = 0;
    SimulatedDisk disk_;
    std::string plan_;
    std::uint64_t refused_ = 0;
    std::uint64_t recorded_anyway_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = arguments_of(argc, argv);
    FaultRun run("disk errors", arguments.seed);
    std::mt19937_64 random(arguments.seed);
    const std::uint64_t scripts = arguments.count_of(1, 30);
    DiskErrors errors(run, arguments.long_run ? 1 : 8);
    for (std::uint64_t i = 0; i < scripts; ++i) errors.try_script(random(), arguments.long_run ? 5 : 2);
    return run.finish("failing calls", std::to_string(scripts) + " scripts, " + errors.summary());
}
