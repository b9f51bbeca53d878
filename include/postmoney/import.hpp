// Imports that fill a ledger from files of others: Form D notices of the SEC, CSV tables, reference
// rates of the ECB.
#pragma once

#include "postmoney/import/csv_import.hpp"
#include "postmoney/import/csv_map.hpp"
#include "postmoney/import/csv_values.hpp"
#include "postmoney/import/ecb_import.hpp"
#include "postmoney/import/form_d.hpp"
#include "postmoney/import/form_d_import.hpp"
#include "postmoney/import/scenario.hpp"
