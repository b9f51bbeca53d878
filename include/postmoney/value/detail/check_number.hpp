// What the file holds of a decimal number that is no money: its whole part and its fraction, as two integers
// that sum exactly.
#pragma once

#include <string>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Throws out-of-range for more than 18 digits before or 10 after the point; zeros at the end do not count.
// `stated()` gives the text to quote.
template <class Stated>
void check_number(const Decimal& number, const Stated& stated) {
    const Decimal limit = Decimal::of_coefficient(1, 18);
    if (number >= limit || number <= -limit || number.normalized().scale() > 10) {
        throw Error::refused(ErrorCode::out_of_range, stated(),
                             "at most 18 digits before and 10 after the point");
    }
}
inline void check_number(const Decimal& number) {
    check_number(number, [&] { return number.to_string(); });
}

}  // namespace POSTMONEY_NAMESPACE::detail
