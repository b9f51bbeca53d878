// Everything: the values, the facts, the answers, the ledger, the imports, the exports.
#pragma once

#include "postmoney/core.hpp"
#include "postmoney/export.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "postmoney/import.hpp"
#include "postmoney/ledger.hpp"
#include "postmoney/sql.hpp"
