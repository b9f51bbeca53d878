// The command `import form-d`: notices of exempt offerings from the SEC.
#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <iostream>

#include "commands.hpp"
#include "files.hpp"

using namespace postmoney;

namespace {

// A bar on the terminal with the rate and the time left.
class ProgressBar {
  public:
    ~ProgressBar() {
        if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    }

    void show(const ImportProgress& progress) {
        const auto now = std::chrono::steady_clock::now();
        const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_).count();
        if (now - last_ < std::chrono::milliseconds(200) || elapsed < 500) return;
        last_ = now;
        shown_ = true;
        constexpr std::uint64_t width = 30;
        const std::uint64_t total = std::max<std::uint64_t>(progress.total_files, 1);
        const std::uint64_t done = std::min(progress.files, total);
        const auto milliseconds = static_cast<std::uint64_t>(elapsed);
        const std::string left =
            done == 0 ? "?" : std::to_string(milliseconds * (total - done) / done / 1000);
        std::cerr << fmt::format("\r\x1b[K[{:#<{}}{:.<{}}] {} filings, {} a second, {} s left", "",
                                 width * done / total, "", width - width * done / total, progress.filings,
                                 progress.filings * 1000 / milliseconds, left)
                  << std::flush;
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_;
    bool shown_ = false;
};

[[nodiscard]] Json json_of(const ImportReport& report) {
    Json refused = Json::array();
    for (const Error& error : report.refused) {
        refused.push_back({{"file", error.file()},
                           {"line", error.line()},
                           {"field", error.field()},
                           {"code", std::string(to_string(error.code()))},
                           {"message", error.message()}});
    }
    return {{"files", report.files},
            {"imported", report.imported},
            {"unchanged", report.unchanged},
            {"superseded", report.superseded},
            {"refused", refused}};
}

}  // namespace

int import_form_d(const Arguments& arguments) {
    if (arguments.database.empty()) throw Error(ErrorCode::misuse, "which ledger? give --db FILE");
    Ledger ledger = Ledger::open(arguments.database);
    ImportOptions options;
    options.keep_going = arguments.keep_going;
    options.recorded = arguments.recorded_time();
    ImportReport report;
    {
        ProgressBar bar;
        if (isatty(STDERR_FILENO) != 0)
            options.progress = [&](const ImportProgress& progress) { bar.show(progress); };
        report = import_form_d(ledger, arguments.paths, options);
    }
    for (const Error& error : report.refused) std::cerr << error.what() << '\n';
    if (arguments.json) {
        print(json_of(report));
    } else {
        std::cout << fmt::format("{} files: {} filings imported, {} unchanged, {} superseded, {} refused\n",
                                 report.files, report.imported, report.unchanged, report.superseded,
                                 report.refused.size());
    }
    return report.refused.empty() ? 0 : 2;
}
