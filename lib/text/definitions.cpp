// The definitions of the room `text`, compiled once.

#include "postmoney/text/amount_text-inl.hpp"
