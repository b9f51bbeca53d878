// Damage: bits flipped, bytes overwritten, files cut off, pages swapped, cleared, repeated or taken from
// another ledger, journals and write-ahead logs of earlier transactions laid beside. The library never
// crashes: it refuses the file, or verify finds the damage, or every fact and every total is as before. A
// journal or a log that fits can take the file back to an earlier state. That state is whole, and only a head
// kept elsewhere tells it from the latest.
//
// The short form tries 400 files, the long one 1,000,000, best under the sanitizers.
#include "fault_run.hpp"
#include "simulated_disk.hpp"

using namespace fault_test;

namespace {

constexpr std::size_t page_size = 4096;
const std::string file_name = "damaged.db";

// The name on the simulated disk. The library also looks for such a file on the real disk before it opens it.
std::filesystem::path ledger_path() {
    static const TempFolder folder;
    static const bool there = (write_file(folder / "damaged.db", ""), true);
    static_cast<void>(there);
    return folder / "damaged.db";
}

// A good ledger, all its earlier states, and the journals or logs that lay beside these.
struct Original {
    std::string file;
    std::vector<std::string> states;  // exported; the last is the state of the file
    std::string side_name;            // the name of the journal or the write-ahead log
    std::vector<DiskImage> sides;     // each was valid with the file of its time
};

Original make_original(SimulatedDisk& disk, std::mt19937_64& random, bool wal) {
    Original original;
    original.side_name = file_name + (wal ? "-wal" : "-journal");
    const auto keep_side = [&](const DiskImage& image) {
        if (image.contains(original.side_name)) original.sides.push_back(image);
    };
    disk.load({});
    if (wal) make_wal_ledger(ledger_path());
    const Script script(random(), 6);
    std::vector<std::string> steps = script.steps();
    steps.insert(steps.begin(), std::string(every_table));
    {
        Ledger ledger = Ledger::open(ledger_path(), options());
        original.states.push_back(exported(ledger));
        for (const std::string& step : steps) {
            apply_text(ledger, step);
            original.states.push_back(exported(ledger));
            if (wal) keep_side(disk.image());
        }
    }
    const auto& log = disk.log();
    for (std::size_t i = 0; !wal && i < log.size(); ++i) {
        if (log[i].kind == DiskChange::Kind::remove)
            keep_side(disk.after_power_loss(i, Unsynced::kept, random));
    }
    original.file = disk.image().at(file_name);
    return original;
}

class Damage {
  public:
    Damage(const Original& original, const std::string& other, std::mt19937_64& random)
        : original_(&original), other_(&other), random_(&random) {}

    // A damaged copy. `words` gets what was done to it.
    [[nodiscard]] DiskImage copy(std::string& words) {
        DiskImage image{{file_name, original_->file}};
        std::string& file = image[file_name];
        switch (pick(10)) {
            case 0:
            case 1:
            case 2:
                words = flip(file);
                break;
            case 3:
                words = overwrite(file);
                break;
            case 4:
                words = cut(file);
                break;
            case 5:
                words = swap_pages(file);
                break;
            case 6:
                words = splice_page(file, *other_);
                break;
            case 7:
                words = splice_page(file, original_->file);
                break;
            case 8:
                words = clear_page(file);
                break;
            default:
                words = lay_beside(image);
        }
        return image;
    }

  private:
    [[nodiscard]] std::size_t pick(std::size_t bound) { return below(*random_, bound); }
    [[nodiscard]] std::size_t page_of(const std::string& file) {
        return pick(std::max<std::size_t>(1, file.size() / page_size)) * page_size;
    }
    // A random place in the file, often one where SQLite keeps its structure.
    [[nodiscard]] std::size_t place(const std::string& file) {
        switch (pick(4)) {
            case 0:
                return pick(std::min<std::size_t>(100, file.size()));
            case 1:
                return (page_of(file) + pick(12)) % file.size();
            case 2:
                return (page_of(file) + 8 + pick(200)) % file.size();
            default:
                return pick(file.size());
        }
    }

    std::string flip(std::string& file) {
        std::string words = "bits flipped at";
        for (std::size_t i = 0; i <= pick(4); ++i) {
            const std::size_t at = place(file);
            file[at] = static_cast<char>(file[at] ^ (1 << pick(8)));
            words += " " + std::to_string(at);
        }
        return words;
    }
    std::string overwrite(std::string& file) {
        const std::size_t at = place(file);
        const std::size_t count = std::min(1 + pick(64), file.size() - at);
        for (std::size_t i = 0; i < count; ++i) file[at + i] = static_cast<char>(pick(256));
        return std::to_string(count) + " bytes overwritten at " + std::to_string(at);
    }
    std::string cut(std::string& file) {
        const std::size_t size = pick(2) == 0 ? page_of(file) : pick(file.size());
        file.resize(size);
        return "cut to " + std::to_string(size);
    }
    std::string swap_pages(std::string& file) {
        const std::size_t a = page_of(file);
        const std::size_t b = page_of(file);
        std::swap_ranges(file.begin() + static_cast<std::ptrdiff_t>(a),
                         file.begin() + static_cast<std::ptrdiff_t>(a + page_size),
                         file.begin() + static_cast<std::ptrdiff_t>(b));
        return "pages swapped at " + std::to_string(a) + " and " + std::to_string(b);
    }
    std::string splice_page(std::string& file, const std::string& from) {
        const std::size_t to = page_of(file);
        const std::size_t at = pick(2) == 0 && to < from.size() ? to : page_of(from);
        file.replace(to, page_size, from, at, page_size);
        return "page at " + std::to_string(to) + " taken from another at " + std::to_string(at);
    }
    std::string clear_page(std::string& file) {
        const std::size_t at = page_of(file);
        file.replace(at, page_size, page_size, '\0');
        return "page cleared at " + std::to_string(at);
    }
    std::string lay_beside(DiskImage& image) {
        const std::size_t which = pick(original_->sides.size());
        const DiskImage& then = original_->sides[which];
        std::string words = "beside it the one of step " + std::to_string(which);
        if (pick(2) == 0) {
            image[file_name] = then.at(file_name);
            words += ", and the file of then";
        }
        std::string& side = image[original_->side_name] = then.at(original_->side_name);
        if (pick(2) == 0) words += ", " + flip(side);
        if (pick(4) == 0) words += ", " + cut_any(side);
        return words;
    }
    std::string cut_any(std::string& bytes) {
        bytes.resize(pick(bytes.size()));
        return "cut to " + std::to_string(bytes.size());
    }

    const Original* original_;
    const std::string* other_;
    std::mt19937_64* random_;
};

struct Counts {
    std::uint64_t refused = 0;
    std::uint64_t told = 0;
    std::uint64_t whole = 0;
    std::uint64_t earlier = 0;
};

// Every total of the ledger as one text.
std::string totals_of(const Ledger& ledger) {
    std::string text;
    for (const char* company : {"Acme", "Company 0", "Company 1", "Company 2"}) {
        try {
            text += total_of(ledger, company) + "\n";
        } catch (const Error& error) {
            if (error.code() != ErrorCode::unknown_party) throw;
        }
    }
    return text;
}

// Opens the damaged file and asks every question.
void look_at(FaultRun& run, const Original& original, const std::string& totals, const std::string& words,
             Ledger::Access access, Counts& counts) {
    try {
        const Ledger ledger = Ledger::open(ledger_path(), options(access));
        std::string found;
        std::string found_totals;
        try {
            found_totals = totals_of(ledger);
            static_cast<void>(ledger.reconcile());
            found = exported(ledger);
        } catch (const Error&) {
            found = "refused";
        }
        const Verification verified = ledger.verify();
        if (!verified.ok) {
            ++counts.told;
            return;
        }
        if (found == original.states.back()) {
            run.check(found_totals == totals, words + ": verify says ok, but a total differs");
            ++counts.whole;
            return;
        }
        const bool earlier = std::ranges::find(original.states, found) != original.states.end();
        run.check(earlier && words.starts_with("beside it"),
                  words + ": verify says ok, but the facts differ");
        ++counts.earlier;
    } catch (const Error&) {
        ++counts.refused;
    } catch (const std::exception& other) {
        run.fail(words + ": no postmoney::Error: " + other.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = arguments_of(argc, argv);
    FaultRun run("corruption", arguments.seed);
    std::mt19937_64 random(arguments.seed);
    SimulatedDisk disk;
    const std::string other = make_original(disk, random, false).file;
    Counts counts;
    const std::uint64_t count = arguments.count_of(400, 1000000);
    for (const bool wal : {false, true}) {
        const Original original = make_original(disk, random, wal);
        const std::string totals = totals_of(Ledger::open(ledger_path(), options()));
        Damage damage(original, other, random);
        const std::uint64_t whole = counts.whole;
        look_at(run, original, totals, "nothing done", Ledger::Access::read_write, counts);
        run.check(counts.whole == whole + 1, "a ledger that is not damaged is not told");
        for (std::uint64_t left = wal ? count / 4 : count - count / 4; left > 0; --left) {
            std::string words;
            disk.load(damage.copy(words));
            run.tried();
            const auto access =
                run.tried_so_far() % 4 == 0 ? Ledger::Access::read_only : Ledger::Access::read_write;
            look_at(run, original, totals, words, access, counts);
        }
    }
    return run.finish("damaged files", std::to_string(counts.refused) + " refused, " +
                                           std::to_string(counts.told) + " told by verify, " +
                                           std::to_string(counts.whole) + " with nothing changed, " +
                                           std::to_string(counts.earlier) + " taken back by what lay beside");
}
