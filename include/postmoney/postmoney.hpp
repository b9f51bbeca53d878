// Everything: the values, the domain, the store.
#pragma once

#include "postmoney/core.hpp"
#include "postmoney/csv_import.hpp"
#include "postmoney/csv_map.hpp"
#include "postmoney/csv_values.hpp"
#include "postmoney/facts.hpp"
#include "postmoney/form_d_import.hpp"
#include "postmoney/ledger.hpp"
#include "postmoney/sql_query.hpp"
