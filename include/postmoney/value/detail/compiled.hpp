// How what is neither constexpr nor hot is compiled. A definition of that kind stands in NAME-inl.hpp beside
// NAME.hpp. Header-only programs get it with the header. The library is built with POSTMONEY_COMPILED: there
// one source of each room includes the definitions, and programs that link it see declarations alone.
//
// One program has them in one of the two ways: the mark below is a variable of the thread in one and not in
// the other, which the GNU linkers (ld, gold) do not take for the same: parts of both ways do not link, and
// the linker names the mark.
#pragma once

#ifdef POSTMONEY_COMPILED
#define POSTMONEY_INLINE
extern "C" {
[[gnu::used]] inline constinit thread_local char postmoney_definitions_are_in_the_headers_or_in_the_library =
    0;
}
#else
#define POSTMONEY_INLINE inline
extern "C" {
[[gnu::used]] inline constinit char postmoney_definitions_are_in_the_headers_or_in_the_library = 0;
}
#endif
