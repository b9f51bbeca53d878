#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"
#include "text.hpp"

using namespace postmoney;

namespace {

class MergeCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("OTHER", other_);
        parser.flag("--dry-run", dry_run_);
    }

    int run(const ProgramOptions& program) const override {
        Ledger ledger =
            open_ledger(program, dry_run_ ? Ledger::Access::read_only : Ledger::Access::read_write);
        LongCall call;
        const MergeReport report = ledger.merge(
            std::filesystem::path(other_), MergeOptions{.dry_run = dry_run_, .progress = call.progress()});
        if (program.json) {
            print(json(report));
        } else {
            std::cout << text(report);
        }
        return 0;
    }

  private:
    [[nodiscard]] Json json(const MergeReport& report) const {
        return {{"other", other_},
                {"entries", report.entries},
                {"added", report.added},
                {"chains", report.chains},
                {"conflicts", report.conflicts},
                {"digest", report.digest.to_string()},
                {"head", json_of(report.head)},
                {"written", !dry_run_ && report.chains != 0}};
    }

    [[nodiscard]] std::string text(const MergeReport& report) const {
        std::string text = fmt::format("{}: {} of {} {}", other_, report.added, entries_text(report.entries),
                                       dry_run_ ? "would be new" : "new");
        if (report.conflicts != 0)
            text += fmt::format("; names used differently: {}, see reconcile", report.conflicts);
        return text + "\ndigest " + report.digest.to_string() + '\n';
    }

    std::string other_;
    bool dry_run_ = false;
};

}  // namespace

std::unique_ptr<Command> make_merge() {
    return std::make_unique<MergeCommand>();
}
