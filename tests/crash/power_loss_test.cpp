// Loss of power: random programs run on a simulated disk. Then the disk is rebuilt as of one moment, without
// the bytes that no sync had brought there, or with some of them, torn at 512 bytes and out of order. Every
// acknowledged step is in the ledger, no step is there in part, verify passes, and the ledger goes on. This
// shows a missing sync, which kill -9 cannot. A control shows that a lost step is noticed.
//
// The short form stops before and after every sync of 30 scripts, the long one at 100,000 random moments.
#include "fault_run.hpp"
#include "simulated_disk.hpp"

using namespace fault_test;

namespace {

const std::filesystem::path& ledger_path() {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / "postmoney-on-a-simulated-disk.db";
    return path;
}

// A script that ran on the disk, with the length of the log when each step was acknowledged.
struct Recording {
    Script script;
    std::vector<std::string> states;
    std::vector<std::size_t> acknowledged;

    // The number of steps that were acknowledged when the log had this length.
    [[nodiscard]] std::size_t steps_at(std::size_t changes) const {
        std::size_t steps = 0;
        while (steps < acknowledged.size() && acknowledged[steps] <= changes) ++steps;
        return steps;
    }
};

Recording record_script(SimulatedDisk& disk, std::uint64_t seed, std::size_t steps, bool wal) {
    Recording recording{.script = Script(seed, steps), .states = {}, .acknowledged = {}};
    recording.states = recording.script.states();
    disk.load({});
    if (wal) {
        make_wal_ledger(ledger_path());
        disk.load(disk.image());
    }
    Ledger ledger = Ledger::open(ledger_path(), options());
    for (const std::string& step : recording.script.steps()) {
        apply_text(ledger, step);
        recording.acknowledged.push_back(disk.log().size());
    }
    return recording;
}

// The contents of the ledger on the disk. Empty when it does not open or verify; then `problem` says why.
std::string found_on(std::string& problem, const Recording& recording, std::size_t& steps, bool go_on) {
    try {
        Ledger ledger = Ledger::open(ledger_path(), options());
        const std::string found = exported(ledger);
        const Verification verified = ledger.verify();
        if (!verified.ok) problem = "verify says: " + verified.problem;
        while (steps < recording.states.size() && recording.states[steps] != found) ++steps;
        if (!go_on || steps >= recording.script.steps().size()) return found;
        apply_text(ledger, recording.script.steps()[steps]);
        if (exported(ledger) != recording.states[steps + 1]) problem = "the next step cannot be recorded";
        return found;
    } catch (const Error& error) {
        problem = error.what();
        return {};
    }
}

// Rebuilds the disk as of that moment and checks the ledger on it. Says what is wrong; empty when nothing is.
std::string problem_after(SimulatedDisk& disk, const DiskImage& image, const Recording& recording,
                          std::size_t changes, bool go_on) {
    disk.load(image);
    std::string problem;
    std::size_t steps = 0;
    static_cast<void>(found_on(problem, recording, steps, go_on));
    const std::size_t acknowledged = recording.steps_at(changes);
    if (!problem.empty()) return problem;
    if (steps >= recording.states.size()) return "the ledger holds what no step left";
    // States are equal when a step only repeats; then `steps` is the first of them.
    if (steps < acknowledged && recording.states[steps] != recording.states[acknowledged])
        return "an acknowledged step is lost";
    if (steps > acknowledged + 1) return "a step is there that was not begun";
    return {};
}

struct Moment {
    std::size_t changes;
    Unsynced unsynced;
};

// Tries the moments before and after each sync, with the unsynced changes dropped, kept and scattered.
std::vector<Moment> every_sync(const std::vector<DiskChange>& log) {
    std::vector<Moment> moments;
    for (std::size_t i = 0; i < log.size(); ++i) {
        if (log[i].kind != DiskChange::Kind::sync && log[i].kind != DiskChange::Kind::sync_folder) continue;
        moments.push_back({i, Unsynced::scattered});
        moments.push_back({i + 1, moments.size() % 3 == 0 ? Unsynced::kept : Unsynced::dropped});
    }
    return moments;
}

std::vector<Moment> random_moments(std::size_t changes, std::size_t count, std::mt19937_64& random) {
    std::vector<Moment> moments(count);
    for (Moment& moment : moments) {
        moment.changes = 1 + below(random, changes);
        moment.unsynced = below(random, 8) == 0 ? Unsynced::dropped : Unsynced::scattered;
    }
    return moments;
}

void try_moments(FaultRun& run, SimulatedDisk& disk, const Recording& recording,
                 const std::vector<Moment>& moments, std::mt19937_64& random) {
    std::vector<DiskImage> images;
    images.reserve(moments.size());
    for (const Moment& moment : moments)
        images.push_back(disk.after_power_loss(moment.changes, moment.unsynced, random));
    for (std::size_t i = 0; i < moments.size(); ++i) {
        run.tried();
        const std::string problem =
            problem_after(disk, images[i], recording, moments[i].changes, below(random, 4) == 0);
        if (!problem.empty())
            run.fail("after " + std::to_string(moments[i].changes) + " changes: " + problem);
    }
}

// A control: the test must notice a disk that also forgets what was synced.
bool loss_is_noticed(SimulatedDisk& disk, std::mt19937_64& random) {
    const Recording recording = record_script(disk, random(), 4, false);
    const DiskImage image = disk.after_power_loss(recording.acknowledged[1], Unsynced::kept, random);
    return problem_after(disk, image, recording, recording.acknowledged[2], false) ==
           "an acknowledged step is lost";
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = arguments_of(argc, argv);
    FaultRun run("power loss", arguments.seed);
    std::mt19937_64 random(arguments.seed);
    SimulatedDisk disk;
    run.check(loss_is_noticed(disk, random), "a lost step is noticed");
    const std::uint64_t prefixes = arguments.count_of(0, 100000);
    std::uint64_t scripts = 0;
    for (; prefixes == 0 ? scripts < 30 : run.tried_so_far() < prefixes; ++scripts) {
        const bool wal = scripts % 3 == 2;
        const Recording recording = record_script(disk, random(), prefixes == 0 ? 2 : 6, wal);
        const auto moments =
            prefixes == 0 ? every_sync(disk.log()) : random_moments(disk.log().size(), 200, random);
        try_moments(run, disk, recording, moments, random);
    }
    return run.finish("moments", std::to_string(scripts) + " scripts");
}
