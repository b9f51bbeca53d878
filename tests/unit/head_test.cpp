#include "postmoney/ledger/head.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace postmoney;

namespace {

const std::string chain(32, 'a');
const std::string hash(64, '5');
const std::string zeros(64, '0');

}  // namespace

TEST_CASE("a head's text is its chain, length and hash, and reads back as it is") {
    for (const std::string& text :
         {chain + ":1:" + hash, chain + ":9223372036854775807:" + hash, chain + ":0:" + zeros}) {
        CHECK(Head::parse(text).to_string() == text);
    }
    const Head head = Head::parse(chain + ":56:" + hash);
    CHECK(head.chain.to_string() == chain);
    CHECK(head.length == 56);
    CHECK(head.hash.to_string() == hash);
    CHECK(head == Head::parse(head.to_string()));
    CHECK(Head() == Head::parse(std::string(32, '0') + ":0:" + zeros));
}

TEST_CASE("what is no head is refused, with the form that one has") {
    const std::vector<std::string> rows{
        "",
        ":",
        "::",
        hash,
        chain + ":" + hash,
        chain + "::" + hash,
        chain + ":-1:" + hash,
        chain + ":+1:" + hash,
        chain + ":01:" + hash,
        chain + ":1 :" + hash,
        chain + ":1.0:" + hash,
        chain + ":9223372036854775808:" + hash,
        chain + ":1:2:" + hash,
        chain + ":1:" + hash + "0",
        chain + ":1:" + hash.substr(1),
        chain + ":1:" + std::string(64, 'G'),
        chain + ":1:" + std::string(64, 'A'),
        std::string(32, 'A') + ":1:" + hash,
        " " + chain + ":1:" + hash,
        chain + ":1:" + hash + "\n",
        chain + ":0:" + hash,
        chain + ":1:" + zeros,
    };
    for (const std::string& text : rows) {
        CAPTURE(text);
        std::string message = "no error";
        try {
            static_cast<void>(Head::parse(text));
        } catch (const Error& error) {
            message = error.what();
        }
        CHECK(message ==
              "got " + detail::quoted(text) +
                  ", expected CHAIN:LENGTH:HASH, of 32 hexadecimal digits, a number and 64 hexadecimal "
                  "digits [bad-head]");
    }
}
