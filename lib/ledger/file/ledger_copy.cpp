#include "ledger/file/ledger_copy.hpp"

#include <fstream>

#include "ledger/file/verification.hpp"
#include "sql/dump_reader.hpp"
#include "sql/ledger_path.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] std::string verify_problem(const std::filesystem::path& copy) {
    Connection connection(copy, Connection::Access::read_only, std::chrono::milliseconds(0));
    return first_problem(connection);
}

}  // namespace

void copy_ledger(Connection& from, const std::filesystem::path& path, const CopyOptions& options) {
    copy_file(from.database(), from.path(), path, verify_problem, options);
}

std::vector<std::string> copy_dump(const std::filesystem::path& dump, const std::filesystem::path& path,
                                   const CopyOptions& options) {
    std::ifstream in(dump, std::ios::binary);
    if (!in) refuse_path(ErrorCode::io, dump, "cannot be read");
    Connection scratch{Connection::Scratch()};
    std::vector<std::string> left_out = read_dump(in, dump.string(), scratch);
    if (in.bad()) refuse_path(ErrorCode::io, dump, "cannot be read to its end");
    copy_file(scratch.database(), dump, path, verify_problem, options);
    return left_out;
}

}  // namespace postmoney::detail
