#include "open_ledger.hpp"

#include <utility>

using namespace postmoney;

const std::filesystem::path& ledger_file(const ProgramOptions& program) {
    if (program.database.empty()) throw Error(ErrorCode::misuse, "which ledger? give --db FILE");
    return program.database;
}

Ledger open_ledger(const ProgramOptions& program, Ledger::Access access) {
    Ledger::Options options;
    options.access = access;
    return Ledger::open(ledger_file(program), std::move(options));
}

Ledger open_to_read(const ProgramOptions& program) {
    try {
        return open_ledger(program, Ledger::Access::read_only);
    } catch (const Error& error) {
        // Only who may write can take back what a program left that was cut short.
        if (error.code() != ErrorCode::read_only) throw;
        return open_ledger(program, Ledger::Access::read_write);
    }
}
