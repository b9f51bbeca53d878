// The definitions of the room `fact`, compiled once.

#include "postmoney/fact/entry-inl.hpp"
