// Uses postmoney::core.
#include <postmoney/error.hpp>
#include <postmoney/version.hpp>

int main() {
    return POSTMONEY_VERSION_MAJOR == 0 && postmoney::to_string(postmoney::ErrorCode::io) == "io" ? 0 : 1;
}
