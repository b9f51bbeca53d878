// Balance: amounts in several currencies side by side, where Money would refuse to mix them.
//
//   postmoney::Balance raised;
//   raised += postmoney::Money::parse("2 USD");
//   raised += postmoney::Money::parse("1 EUR");
//   raised.to_string();  // "1.00 EUR, 2.00 USD"
#pragma once

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/money.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// One amount a currency, sorted by code. A currency whose amount is zero is left out, so that balances of
// equal amounts are equal.
class POSTMONEY_EXPORT Balance {
  public:
    using const_iterator = std::vector<Money>::const_iterator;

    // Nothing in any currency.
    Balance() = default;
    explicit Balance(const Money& money) { *this += money; }

    // Sums and differences, currency by currency. Throw overflow beyond 64-bit minor units, and
    // currency_redefined when two units of one code differ in their decimals; then `this` is unchanged.
    Balance& operator+=(const Money& money);
    Balance& operator-=(const Money& money);
    Balance& operator+=(const Balance& other);
    Balance& operator-=(const Balance& other);
    [[nodiscard]] friend Balance operator+(Balance a, const Balance& b) { return std::move(a += b); }
    [[nodiscard]] friend Balance operator-(Balance a, const Balance& b) { return std::move(a -= b); }
    [[nodiscard]] friend Balance operator+(Balance a, const Money& b) { return std::move(a += b); }
    [[nodiscard]] friend Balance operator-(Balance a, const Money& b) { return std::move(a -= b); }
    [[nodiscard]] Balance operator-() const { return Balance() - *this; }

    // The amount in that currency, zero when there is none.
    [[nodiscard]] Money of(const Currency& currency) const;

    // Whether there is no amount other than zero.
    [[nodiscard]] bool is_zero() const noexcept { return amounts_.empty(); }

    // The amounts other than zero, sorted by code.
    [[nodiscard]] const_iterator begin() const noexcept { return amounts_.begin(); }
    [[nodiscard]] const_iterator end() const noexcept { return amounts_.end(); }
    [[nodiscard]] std::size_t size() const noexcept { return amounts_.size(); }

    // "1.00 EUR, 2.00 USD", and "0" when there is nothing.
    [[nodiscard]] std::string to_string() const;

    [[nodiscard]] bool operator==(const Balance& other) const noexcept = default;

  private:
    // Replaces the amount in the money's currency by `combine(amount, money)`.
    template <typename Combine>
    void apply(const Money& money, Combine combine);

    std::vector<Money> amounts_;
};

POSTMONEY_EXPORT std::ostream& operator<<(std::ostream& out, const Balance& balance);

//--- Definitions ---

template <typename Combine>
void Balance::apply(const Money& money, Combine combine) {
    const Currency& unit = money.currency();
    const auto at = std::lower_bound(amounts_.begin(), amounts_.end(), unit.code(),
                                     [](const Money& a, auto code) { return a.currency().code() < code; });
    const bool found = at != amounts_.end() && at->currency().code() == unit.code();
    if (found && at->currency() != unit)
        detail::refuse_redefinition(unit.code(), at->currency().decimals(), unit.decimals());
    const Money result = combine(found ? *at : Money(0, unit), money);
    if (found && result.minor() == 0) {
        amounts_.erase(at);
    } else if (found) {
        *at = result;
    } else if (result.minor() != 0) {
        amounts_.insert(at, result);
    }
}

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/balance-inl.hpp"
#endif
