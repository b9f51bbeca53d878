// The definitions of the room `fact`, compiled once.

#include "postmoney/fact/dossier-inl.hpp"
#include "postmoney/fact/entry-inl.hpp"
