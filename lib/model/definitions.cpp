// The definitions of the room `model`, compiled once.

#include "postmoney/model/priced_round-inl.hpp"
#include "postmoney/model/waterfall-inl.hpp"
