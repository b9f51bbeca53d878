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
    const std::filesystem::path& file = ledger_file(program);
    try {
        return Ledger::open(file, std::move(options));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::no_such_file) throw;
        throw Error(error.code(), "no such file; create a ledger with init").at(file.string(), 0);
    }
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
