#include "journal_command.hpp"

#include <fmt/core.h>

#include <iostream>

#include "json.hpp"
#include "open_ledger.hpp"
#include "output_file.hpp"
#include "progress_line.hpp"

using namespace postmoney;

void JournalCommand::declare(CommandParser& parser) {
    parser.argument("FILE", file_);
}

int JournalCommand::run(const ProgramOptions& program) const {
    const Ledger ledger = open_to_read(program);
    JournalReport report;
    LongCall call("rows");
    const ProgressCall progress = call.progress(!is_standard_output(file_));
    write_output(file_, [&](std::ostream& out) { report = export_journal(ledger, format_, out, progress); });
    if (is_standard_output(file_)) return 0;
    if (program.json) {
        print({{"file", file_}, {"transactions", report.transactions}, {"remarks", report.remarks}});
    } else {
        std::cout << fmt::format("{}: {} transactions, {} remarks on what is not all here\n", file_,
                                 report.transactions, report.remarks);
    }
    return 0;
}
