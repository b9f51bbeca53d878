// How what is neither constexpr nor hot is compiled. A definition of that kind stands in NAME-inl.hpp beside
// NAME.hpp. Header-only programs get it with the header. The library is built with POSTMONEY_COMPILED: there
// one source of each room includes the definitions, and programs that link it see declarations alone.
//
// The names of the two ways differ for the linker, so that one program may have parts of both: header-only,
// all of core is in an inline namespace. A function of one part that takes a Money does not link with a part
// of the other way that calls it.
//
// Of a shared library, programs see what POSTMONEY_EXPORT names, and nothing else.
#pragma once

#ifdef POSTMONEY_COMPILED
#define POSTMONEY_INLINE
#define POSTMONEY_EXPORT [[gnu::visibility("default")]]
#define POSTMONEY_NAMESPACE postmoney
#else
#define POSTMONEY_INLINE inline
#define POSTMONEY_EXPORT
#define POSTMONEY_NAMESPACE postmoney::inline header_only
#endif
