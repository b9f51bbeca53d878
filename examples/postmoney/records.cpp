// The commands that write the ledger or deal with the file as a whole.
#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "commands.hpp"
#include "files.hpp"
#include "table.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Ledger open_with(const Arguments& arguments, Ledger::Access access) {
    if (arguments.database.empty()) throw Error(ErrorCode::misuse, "which ledger? give --db FILE");
    Ledger::Options options;
    options.access = access;
    return Ledger::open(arguments.database, std::move(options));
}

[[nodiscard]] Json json_of(const Head& head) {
    return {{"chain", head.chain.to_string()},
            {"length", head.length},
            {"hash", head.hash.to_string()},
            {"text", head.to_string()}};
}

// A line on the terminal that says how far a long file is read.
class ProgressLine {
  public:
    explicit ProgressLine(std::uint64_t total) : total_(total), start_(std::chrono::steady_clock::now()) {}
    ~ProgressLine() {
        if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::uint64_t bytes) {
        const auto now = std::chrono::steady_clock::now();
        if (now - last_ < std::chrono::milliseconds(200)) return;
        last_ = now;
        const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_).count();
        if (elapsed < 500 || total_ == 0 || bytes == 0) return;
        shown_ = true;
        const auto left =
            static_cast<std::uint64_t>(elapsed) * (total_ > bytes ? total_ - bytes : 0) / bytes / 1000;
        std::cerr << fmt::format("\r\x1b[K{} % of {} MB, {} s left", 100 * bytes / total_, total_ / 1'000'000,
                                 left)
                  << std::flush;
    }

  private:
    std::uint64_t total_;
    std::chrono::steady_clock::time_point start_;
    std::chrono::steady_clock::time_point last_;
    bool shown_ = false;
};

[[nodiscard]] std::string entries_text(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " entry" : " entries");
}

void print_report(const Arguments& arguments, const ApplyReport& report) {
    if (arguments.json) {
        Json refused = Json::array();
        for (const Error& error : report.refused) {
            refused.push_back({{"line", error.line()},
                               {"field", error.field()},
                               {"code", std::string(to_string(error.code()))},
                               {"message", error.message()}});
        }
        print({{"file", arguments.name},
               {"lines", report.lines},
               {"recorded", report.recorded},
               {"repeated", report.repeated},
               {"refused", refused}});
        return;
    }
    if (report.recorded == 0 && report.refused.empty()) {
        std::cout << fmt::format("{}: nothing new, all {} on record already\n", arguments.name,
                                 entries_text(report.lines));
        return;
    }
    std::cout << fmt::format("{}: {} recorded, {} on record already, {} refused\n", arguments.name,
                             entries_text(report.recorded), report.repeated, report.refused.size());
}

}  // namespace

Ledger open_to_read(const Arguments& arguments) {
    try {
        return open_with(arguments, Ledger::Access::read_only);
    } catch (const Error& error) {
        // A program that wrote to it was cut short: who may write takes the file back to before that.
        if (error.code() != ErrorCode::read_only) throw;
        return open_with(arguments, Ledger::Access::read_write);
    }
}

int init(const Arguments& arguments) {
    std::error_code ignored;
    if (std::filesystem::exists(arguments.database, ignored)) {
        throw Error(ErrorCode::file_exists, "is there already; a ledger is never overwritten")
            .at(arguments.database.string(), 0);
    }
    const Ledger ledger = open_with(arguments, Ledger::Access::create);
    if (arguments.json) {
        print({{"ledger", arguments.database.string()}, {"head", json_of(ledger.head())}});
    } else {
        std::cout << "made the ledger " << arguments.database.string() << '\n';
    }
    return 0;
}

int apply(const Arguments& arguments) {
    if (arguments.database.empty()) throw Error(ErrorCode::misuse, "which ledger? give --db FILE");
    ApplyOptions options;
    options.keep_going = arguments.keep_going;
    options.recorded = arguments.recorded_time();
    std::ifstream file;
    std::uint64_t size = 0;
    if (arguments.name != "-") {
        file = open_file(arguments.name);
        std::error_code error;
        size = std::filesystem::file_size(arguments.name, error);
        if (error) size = 0;
    }
    std::istream& in = arguments.name == "-" ? std::cin : file;
    ProgressLine progress(size);
    if (isatty(STDERR_FILENO) != 0) options.progress = [&](std::uint64_t bytes) { progress.show(bytes); };
    const ApplyReport report = apply_facts(arguments.database, in, arguments.name, options);
    for (const Error& error : report.refused) std::cerr << error.what() << '\n';
    print_report(arguments, report);
    return report.refused.empty() ? 0 : 2;
}

int export_facts(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    if (arguments.name.empty() || arguments.name == "-") {
        ledger.export_facts(std::cout);
        return 0;
    }
    const std::string unfinished = arguments.name + ".unfinished";
    std::error_code error;
    try {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        if (out) ledger.export_facts(out);
        out.close();
        if (out) std::filesystem::rename(unfinished, arguments.name, error);
        if (!out || error) throw Error(ErrorCode::io, "cannot be written").at(arguments.name, 0);
    } catch (...) {
        std::filesystem::remove(unfinished, error);
        throw;
    }
    if (!arguments.json)
        std::cout << fmt::format("{}: {} entries\n", arguments.name, ledger.size());
    else
        print({{"file", arguments.name}, {"entries", ledger.size()}});
    return 0;
}

int backup(const Arguments& arguments) {
    open_to_read(arguments).backup(arguments.name);
    if (arguments.json) {
        print({{"backup", arguments.name}});
    } else {
        std::cout << "copied to " << arguments.name << ", and checked\n";
    }
    return 0;
}

int merge(const Arguments& arguments) {
    Ledger ledger =
        open_with(arguments, arguments.dry_run ? Ledger::Access::read_only : Ledger::Access::read_write);
    const MergeReport report =
        ledger.merge(std::filesystem::path(arguments.name), MergeOptions{.dry_run = arguments.dry_run});
    if (arguments.json) {
        print({{"other", arguments.name},
               {"entries", report.entries},
               {"added", report.added},
               {"chains", report.chains},
               {"conflicts", report.conflicts},
               {"digest", report.digest.to_string()},
               {"head", json_of(report.head)},
               {"written", !arguments.dry_run && report.chains != 0}});
        return 0;
    }
    std::cout << fmt::format("{}: {} of {} {}", arguments.name, report.added, entries_text(report.entries),
                             arguments.dry_run ? "would be new" : "new");
    if (report.conflicts != 0) {
        std::cout << fmt::format("; names used differently: {}, see reconcile", report.conflicts);
    }
    std::cout << "\ndigest " << report.digest.to_string() << '\n';
    return 0;
}

int restore(const Arguments& arguments) {
    if (arguments.database.empty()) throw Error(ErrorCode::misuse, "which ledger? give --db FILE");
    RestoreOptions options;
    options.replace = arguments.replace;
    postmoney::restore(arguments.name, arguments.database, options);
    if (arguments.json) {
        print({{"backup", arguments.name}, {"ledger", arguments.database.string()}});
    } else {
        std::cout << "restored " << arguments.database.string() << " from " << arguments.name
                  << ", checked\n";
    }
    return 0;
}

int head(const Arguments& arguments) {
    const Head head = open_to_read(arguments).head();
    if (arguments.json) {
        print(json_of(head));
    } else {
        std::cout << head.to_string() << '\n';
    }
    return 0;
}

int verify(const Arguments& arguments) {
    std::vector<Head> against;
    for (const std::string& text : arguments.against) {
        try {
            against.push_back(Head::parse(text));
        } catch (const Error& error) {
            throw error.in_field("--against");
        }
    }
    const Verification result = open_to_read(arguments).verify(
        against, arguments.chains_only ? VerifyScope::chains : VerifyScope::everything);
    if (arguments.json) {
        Json heads = Json::array();
        for (const Head& one : result.heads) heads.push_back(json_of(one));
        print({{"ok", result.ok},
               {"entries", result.entries},
               {"digest", result.digest.to_string()},
               {"head", json_of(result.head)},
               {"heads", heads},
               {"problem", result.ok ? Json() : Json(result.problem)}});
    } else if (result.ok) {
        std::cout << fmt::format("ok: {} entries\ndigest {}\nhead   {} of chain {}, length {}\n",
                                 result.entries, result.digest.to_string(), result.head.hash.to_string(),
                                 result.head.chain.to_string(), result.head.length);
    } else {
        std::cout << "NOT ok: " << result.problem << '\n';
    }
    return result.ok ? 0 : 1;
}

int log(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    Json lines = Json::array();
    Table table({"seq", "recorded", "kind", "party", "round", "source", "key", "stands", "id"});
    ledger.for_each_entry(
        [&](const LogEntry& entry) {
            const std::string id = "sha256:" + entry.id.to_string();
            if (arguments.json) {
                lines.push_back({{"id", id},
                                 {"chain", entry.place.chain.to_string()},
                                 {"seq", entry.place.seq},
                                 {"recorded", entry.recorded.to_string()},
                                 {"kind", std::string(to_string(entry.kind))},
                                 {"key", entry.key.empty() ? Json() : Json(entry.key)},
                                 {"source", entry.source.empty() ? Json() : Json(entry.source)},
                                 {"party", entry.party.empty() ? Json() : Json(entry.party)},
                                 {"round", entry.round.empty() ? Json() : Json(entry.round)},
                                 {"stands", entry.stands},
                                 {"entry", Json::parse(entry.body)}});
            } else {
                table.add({std::to_string(entry.place.seq), entry.recorded.to_string(),
                           std::string(to_string(entry.kind)), entry.party, entry.round, entry.source,
                           entry.key, entry.stands ? "yes" : "no", id.substr(0, 19)});
            }
        },
        arguments.viewpoint().known_at);
    if (arguments.json) {
        print(lines);
    } else if (table.empty()) {
        std::cout << "no entries\n";
    } else {
        table.print(std::cout);
    }
    return 0;
}

int parse(const Arguments& arguments) {
    const Currencies currencies =
        arguments.database.empty() ? Currencies() : open_to_read(arguments).currencies();
    const Amount amount = Amount::parse(arguments.name, currencies);
    const auto upper = amount.disclosed() ? amount.upper() : std::nullopt;
    if (arguments.json) {
        print({{"amount", amount.to_string()},
               {"qualifier", std::string(to_string(amount.qualifier()))},
               {"currency", amount.disclosed() ? Json(std::string(amount.currency()->code())) : Json()},
               {"known", amount.disclosed() ? Json(amount.known().amount_string()) : Json()},
               {"lower", amount.disclosed() ? Json(amount.lower().amount_string()) : Json()},
               {"upper", upper ? Json(upper->amount_string()) : Json()}});
        return 0;
    }
    Table table({"stated", "qualifier", "known", "lower", "upper"});
    table.add({amount.to_string(), std::string(to_string(amount.qualifier())),
               amount.disclosed() ? amount.known().to_string() : "-",
               amount.disclosed() ? amount.lower().to_string() : "-", upper ? upper->to_string() : "open"});
    table.print(std::cout);
    return 0;
}
