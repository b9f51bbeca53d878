// The ledger in one SQLite file, with the types of its questions and answers.
#pragma once

#include "postmoney/ledger/head.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "postmoney/ledger/lists.hpp"
#include "postmoney/ledger/reports.hpp"
#include "postmoney/ledger/view.hpp"
