// Remark: what a source says of a party that is no number.
#pragma once

#include <string>

namespace postmoney {

struct Remark {
    std::string about;
    std::string text;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("about", self.about);
        visit("text", self.text);
    }
};

}  // namespace postmoney
