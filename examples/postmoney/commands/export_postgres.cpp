#include <fmt/core.h>

#include <iostream>
#include <sstream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"
#include "run_program.hpp"

using namespace postmoney;

namespace {

class ExportPostgresCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("DIR", folder_);
        parser.option("--since", since_);
        parser.option("--check", check_);
    }

    int run(const ProgramOptions& program) const override {
        if (folder_.empty() == check_.empty())
            throw Error(ErrorCode::misuse, "give the new folder, or --check and a database");
        if (!check_.empty() && !since_.empty())
            throw Error(ErrorCode::misuse, "--since is of what is written, --check of all that is there");
        const Ledger ledger = open_to_read(program);
        return check_.empty() ? write(program, ledger) : check(program, ledger);
    }

  private:
    [[nodiscard]] int write(const ProgramOptions& program, const Ledger& ledger) const {
        LongCall call("rows");
        PostgresExportOptions options;
        options.progress = call.progress();
        if (!since_.empty()) options.since = head_of_option();
        const PostgresExportReport report = export_postgres(ledger, folder_, options);
        if (program.json) {
            print({{"folder", folder_}, {"entries", report.entries}, {"rows", report.rows}});
        } else {
            std::cout << fmt::format("{}: {} entries, {} rows\n", folder_, report.entries, report.rows);
        }
        return 0;
    }
    [[nodiscard]] int check(const ProgramOptions& program, const Ledger& ledger) const {
        std::ostringstream script;
        write_postgres_check(ledger, script);
        constexpr int script_failed = 3;  // of psql
        const int status = run_program({"psql", "-X", "-q", "-d", check_}, script.str());
        if (status != 0 && status != script_failed)
            throw Error(ErrorCode::io, "psql cannot ask the database, and says why above")
                .in_field("--check");
        const bool same = status == 0;
        if (program.json) {
            print({{"same", same}, {"entries", ledger.size()}});
        } else if (same) {
            std::cout << fmt::format("the database has the ledger: {} entries\n", ledger.size());
        }
        return same ? 0 : 1;
    }
    [[nodiscard]] Head head_of_option() const {
        try {
            return Head::parse(since_);
        } catch (const Error& error) {
            throw error.in_field("--since");
        }
    }

    std::string folder_;
    std::string since_;
    std::string check_;
};

}  // namespace

std::unique_ptr<Command> make_export_postgres() {
    return std::make_unique<ExportPostgresCommand>();
}
