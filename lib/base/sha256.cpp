#include "base/sha256.hpp"

#include <openssl/evp.h>

#include <new>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

void check_openssl(int result) {
    if (result != 1) throw Error(ErrorCode::io, "OpenSSL cannot compute SHA-256");
}

// Looked up only once, because a lookup by name takes longer than a hash.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return fetched;
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (context_ == nullptr) throw std::bad_alloc();
    start();
}

Sha256::~Sha256() {
    EVP_MD_CTX_free(context_);
}

void Sha256::start() {
    check_openssl(EVP_DigestInit_ex2(context_, algorithm(), nullptr));
}

void Sha256::update(std::span<const std::uint8_t> bytes) {
    check_openssl(EVP_DigestUpdate(context_, bytes.data(), bytes.size()));
}

void Sha256::update(std::string_view text) {
    check_openssl(EVP_DigestUpdate(context_, text.data(), text.size()));
}

Sha256::Bytes Sha256::finish() {
    Bytes bytes{};
    unsigned size = 0;
    check_openssl(EVP_DigestFinal_ex(context_, bytes.data(), &size));
    start();
    return bytes;
}

}  // namespace postmoney::detail
