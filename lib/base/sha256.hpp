// SHA-256 (FIPS 180-4) through OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

struct evp_md_ctx_st;

namespace postmoney::detail {

// Makes one hash at a time. It keeps OpenSSL's context, because making one takes longer than hashing a short
// text.
class Sha256 {
  public:
    using Bytes = std::array<std::uint8_t, 32>;

    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(std::span<const std::uint8_t> bytes);
    void update(std::string_view text);
    // The hash of everything since the last finish; then starts anew.
    [[nodiscard]] Bytes finish();

    // The hash of one text.
    [[nodiscard]] Bytes operator()(std::string_view text) {
        update(text);
        return finish();
    }

  private:
    void start();

    evp_md_ctx_st* context_;
};

}  // namespace postmoney::detail
