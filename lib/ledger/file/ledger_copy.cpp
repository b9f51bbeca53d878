#include "ledger/file/ledger_copy.hpp"

#include <string>

#include "ledger/file/verification.hpp"

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

}  // namespace postmoney::detail
