// The parts that fuzz targets share. A target is one function that takes any bytes. libFuzzer drives it in
// the preset `fuzz`; replay_main.cpp, which reads the corpus, drives it everywhere else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "postmoney/value/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Ends the program when the check does not hold; `what` says what ought to.
inline void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

// Runs the call; a refusal is fine, and any other exception ends the program.
template <class Call>
bool accepted(const Call& call) {
    try {
        call();
        return true;
    } catch (const postmoney::Error& error) {
        expect(to_string(error.code()) != "unknown", "every refusal has a code");
        return false;
    }
}

}  // namespace fuzz
