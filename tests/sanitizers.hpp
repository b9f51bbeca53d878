// Whether a test is built with the address sanitizer, which takes ten times as long: long tests try less
// then.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define POSTMONEY_TESTS_SANITIZED true
#elif defined(__has_feature)
#define POSTMONEY_TESTS_SANITIZED __has_feature(address_sanitizer)
#else
#define POSTMONEY_TESTS_SANITIZED false
#endif

inline constexpr bool is_sanitized = POSTMONEY_TESTS_SANITIZED;
