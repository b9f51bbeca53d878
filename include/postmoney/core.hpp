// Everything that needs no database: the values, what sources say, and the pure functions on it.
#pragma once

#include "postmoney/answer.hpp"
#include "postmoney/fact.hpp"
#include "postmoney/value.hpp"
#include "postmoney/version.hpp"
