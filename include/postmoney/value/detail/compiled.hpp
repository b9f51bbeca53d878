// How what is neither constexpr nor hot is compiled. A definition of that kind stands in NAME-inl.hpp beside
// NAME.hpp. Header-only programs get it with the header. The library is built with POSTMONEY_COMPILED: there
// one source of each room includes the definitions, and programs that link it see declarations alone.
#pragma once

#ifdef POSTMONEY_COMPILED
#define POSTMONEY_INLINE
#else
#define POSTMONEY_INLINE inline
#endif
