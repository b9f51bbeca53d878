// The values: decimals, money, quantities and amounts, dates and times, ratios, and the arithmetic of deals.
#pragma once

#include "postmoney/value/amount.hpp"
#include "postmoney/value/balance.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/deal_math.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/parity.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/printable.hpp"
#include "postmoney/value/quantity.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"
#include "postmoney/value/timestamp.hpp"
#include "postmoney/value/withdrawal.hpp"
