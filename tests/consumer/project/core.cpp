// Uses postmoney::core.
#include <postmoney/core.hpp>
#include <postmoney/version.hpp>

int main() {
    const auto raised = postmoney::Amount::parse("12.13468 billion USD");
    return POSTMONEY_VERSION_MAJOR == 0 && raised.to_string() == "12.13468 billion USD" ? 0 : 1;
}
