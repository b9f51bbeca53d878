// Random: numbers for made-up data, the same for the same seed on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace generator {

// SplitMix64, which gives the same numbers everywhere, unlike the distributions of the standard library.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    [[nodiscard]] std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    [[nodiscard]] std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
    }
    [[nodiscard]] bool one_in(std::int64_t n) { return below(n) == 0; }
    template <class List>
    [[nodiscard]] auto& of(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(list.size())))];
    }

  private:
    std::uint64_t state_;
};

}  // namespace generator
