// SQL on a ledger: what your own query gives.
#pragma once

#include "postmoney/sql/query.hpp"
