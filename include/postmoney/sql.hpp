// SQL on a ledger: what a query of one's own gives.
#pragma once

#include "postmoney/sql/query.hpp"
