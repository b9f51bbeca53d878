// Uses postmoney::postmoney.
#include <postmoney/version.hpp>
#include <span>

namespace postmoney::detail {
struct Migration;
std::span<const Migration> migrations() noexcept;
}  // namespace postmoney::detail

int main() {
    return postmoney::detail::migrations().size() < 10000 ? 0 : 1;
}
