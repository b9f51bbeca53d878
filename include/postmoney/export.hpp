// Exports that other programs read without losing a digit.
#pragma once

#include "postmoney/export/csv_export.hpp"
#include "postmoney/export/journal_export.hpp"
#include "postmoney/export/journal_name.hpp"
#include "postmoney/export/postgres_export.hpp"
