// Amounts as people write them.
#pragma once

#include "postmoney/text/amount_text.hpp"
#include "postmoney/text/language.hpp"
