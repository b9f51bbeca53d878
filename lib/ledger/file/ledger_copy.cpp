#include "ledger/file/ledger_copy.hpp"

#include <exception>
#include <fstream>
#include <optional>

#include "base/callback_threw.hpp"
#include "base/progress_meter.hpp"
#include "ledger/file/verification.hpp"
#include "sql/dump_reader.hpp"
#include "sql/ledger_path.hpp"

namespace postmoney::detail {

namespace {

// 0 where the file is too damaged to say: the check of the copy tells.
[[nodiscard]] std::uint64_t entries_of(Connection& connection) {
    try {
        return static_cast<std::uint64_t>(connection.integer("SELECT count(*) FROM entry"));
    } catch (const Error&) {
        return 0;
    }
}

// Copies the ledger, and tells how far verifying the copy is.
void copy_verified(Connection& from, const std::filesystem::path& original, const std::filesystem::path& path,
                   const CopyOptions& options, const ProgressCall& progress) {
    const ProgressCall call = told_apart(progress);
    std::optional<ProgressMeter> meter;
    const auto problem_of = [&](const std::filesystem::path& copy) {
        Connection connection(copy, Connection::Access::read_only, std::chrono::milliseconds(0));
        std::string problem = first_problem(connection, &*meter);
        if (problem.empty()) meter->finish();
        return problem;
    };
    try {
        meter.emplace(call, "entries", entries_of(from));
        copy_file(from.database(), original, path, problem_of, options);
    } catch (const CallbackThrew& threw) {
        std::rethrow_exception(threw.error);
    }
}

}  // namespace

void copy_ledger(Connection& from, const std::filesystem::path& path, const CopyOptions& options,
                 const ProgressCall& progress) {
    copy_verified(from, from.path(), path, options, progress);
}

std::vector<std::string> copy_dump(const std::filesystem::path& dump, const std::filesystem::path& path,
                                   const CopyOptions& options, const ProgressCall& progress) {
    std::ifstream in(dump, std::ios::binary);
    if (!in) refuse_path(ErrorCode::io, dump, "cannot be read");
    Connection scratch{Connection::Scratch()};
    std::vector<std::string> left_out = read_dump(in, dump.string(), scratch);
    if (in.bad()) refuse_path(ErrorCode::io, dump, "cannot be read to its end");
    copy_verified(scratch, dump, path, options, progress);
    return left_out;
}

}  // namespace postmoney::detail
