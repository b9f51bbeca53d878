// Hasher: SHA-256 by OpenSSL as fast as it goes: the algorithm is looked up once, and there is one context.
#pragma once

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace benchmark_suite {

class Hasher {
  public:
    Hasher() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {}
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;
    ~Hasher() {
        EVP_MD_CTX_free(context_);
        EVP_MD_free(algorithm_);
    }

    // Hashes what the ledger hashes for an entry: its body; then, for the chain, the hash before, that of the
    // body and the time.
    void entry(const void* body, std::size_t size, std::int64_t recorded) {
        std::array<std::uint8_t, 72> link{};
        std::copy(chain_.begin(), chain_.end(), link.begin());
        hash(body, size, &link[32]);
        for (std::size_t i = 0; i < 8; ++i)
            link[64 + i] = static_cast<std::uint8_t>(recorded >> (56 - 8 * i));
        hash(link.data(), link.size(), chain_.data());
    }

  private:
    void hash(const void* data, std::size_t size, std::uint8_t* digest) {
        if (EVP_DigestInit_ex2(context_, algorithm_, nullptr) != 1 ||
            EVP_DigestUpdate(context_, data, size) != 1 || EVP_DigestFinal_ex(context_, digest, nullptr) != 1)
            throw std::runtime_error("OpenSSL cannot compute SHA-256");
    }

    EVP_MD* algorithm_;
    EVP_MD_CTX* context_;
    std::array<std::uint8_t, 32> chain_{};
};

}  // namespace benchmark_suite
