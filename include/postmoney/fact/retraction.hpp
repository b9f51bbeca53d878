// Retraction: takes an entry back. What that entry had replaced stands again.
#pragma once

#include <string>

namespace postmoney {

struct Retraction {
    std::string of;  // a key, or "sha256:" and the id in hexadecimal
    std::string reason;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("of", self.of);
        visit("reason", self.reason);
    }
};

}  // namespace postmoney
