#include "postmoney/value/error.hpp"

#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>

using postmoney::category_of;
using postmoney::Error;
using postmoney::ErrorCategory;
using postmoney::ErrorCode;

TEST_CASE("each code is of one category: what it is not of the input for") {
    const std::map<ErrorCode, ErrorCategory> others{
        {ErrorCode::not_a_ledger, ErrorCategory::ledger},
        {ErrorCode::newer_schema, ErrorCategory::ledger},
        {ErrorCode::older_schema, ErrorCategory::ledger},
        {ErrorCode::damaged, ErrorCategory::ledger},
        {ErrorCode::no_such_file, ErrorCategory::environment},
        {ErrorCode::no_such_folder, ErrorCategory::environment},
        {ErrorCode::file_exists, ErrorCategory::environment},
        {ErrorCode::read_only, ErrorCategory::environment},
        {ErrorCode::busy, ErrorCategory::environment},
        {ErrorCode::io, ErrorCategory::environment},
        {ErrorCode::out_of_memory, ErrorCategory::environment},
        {ErrorCode::misuse, ErrorCategory::caller},
    };
    for (int i = 0; i <= static_cast<int>(ErrorCode::out_of_memory); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        CAPTURE(to_string(code));
        const auto other = others.find(code);
        CHECK(category_of(code) == (other == others.end() ? ErrorCategory::input : other->second));
    }
    static_assert(category_of(ErrorCode::busy) == ErrorCategory::environment);
}

TEST_CASE("an error says its category, and a category its word") {
    CHECK(Error(ErrorCode::misuse, "no").category() == ErrorCategory::caller);
    std::ostringstream words;
    for (const auto category :
         {ErrorCategory::input, ErrorCategory::ledger, ErrorCategory::environment, ErrorCategory::caller}) {
        words << category << ' ';
    }
    CHECK(words.str() == "input ledger environment caller ");
}

TEST_CASE("two errors are equal when they say the same of the same place") {
    const Error error = Error::refused(ErrorCode::bad_number, "x", "a number").in_field("a");
    CHECK(error == Error::refused(ErrorCode::bad_number, "x", "a number").in_field("a"));
    CHECK(error != Error::refused(ErrorCode::bad_number, "x", "a number").in_field("b"));
    CHECK(error != error.at("file", 1));
}
