// The definitions of balance.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/balance.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE Balance& Balance::operator+=(const Money& money) {
    apply(money, [](const Money& a, const Money& b) { return a + b; });
    return *this;
}

POSTMONEY_INLINE Balance& Balance::operator-=(const Money& money) {
    apply(money, [](const Money& a, const Money& b) { return a - b; });
    return *this;
}

// Works on a copy, so that a refusal halfway leaves no half sum, and a balance can be added to itself.
POSTMONEY_INLINE Balance& Balance::operator+=(const Balance& other) {
    Balance sum = *this;
    for (const Money& money : other) sum += money;
    amounts_.swap(sum.amounts_);
    return *this;
}

POSTMONEY_INLINE Balance& Balance::operator-=(const Balance& other) {
    Balance difference = *this;
    for (const Money& money : other) difference -= money;
    amounts_.swap(difference.amounts_);
    return *this;
}

POSTMONEY_INLINE Money Balance::of(const Currency& currency) const {
    const auto at =
        std::lower_bound(amounts_.begin(), amounts_.end(), currency,
                         [](const Money& a, const Currency& unit) { return a.currency() < unit; });
    return at != amounts_.end() && at->currency() == currency ? *at : Money(0, currency);
}

POSTMONEY_INLINE std::string Balance::to_string() const {
    if (is_zero()) return "0";
    std::string text;
    for (const Money& money : amounts_) {
        if (!text.empty()) text += ", ";
        money.append_to(text);
    }
    return text;
}

POSTMONEY_INLINE std::ostream& operator<<(std::ostream& out, const Balance& balance) {
    return out << balance.to_string();
}

}  // namespace POSTMONEY_NAMESPACE
