// TurningDay: a day as of which a company's total may change.
#pragma once

#include <date/date.h>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

// A day as of which a company's total may be another one than the day before.
struct TurningDay {
    date::sys_days day;
    bool claims = false;  // some claim holds from then on: the company is to be resolved anew

    friend bool operator==(const TurningDay&, const TurningDay&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
