// ProgressMeter: calls a program's ProgressCall at the start, now and then, and at the end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "postmoney/value/progress.hpp"

namespace postmoney::detail {

class ProgressMeter {
  public:
    // Makes the first call. `every`: how many steps lie between two calls. The call has to live as long.
    ProgressMeter(const ProgressCall& call, std::string_view unit, std::uint64_t total,
                  std::uint64_t every = 256)
        : call_(&call), every_(every), now_{.total = total, .unit = unit} {
        tell();
    }

    // So much is done in all, and one more item came of it.
    void step(std::uint64_t done) {
        now_.done = done;
        if (++now_.items % every_ == 0) tell();
    }
    // One more of the units is done.
    void step() { step(now_.done + 1); }
    // So much is done in all; calls at once.
    void at(std::uint64_t done, std::uint64_t items) {
        now_.done = done;
        now_.items = items;
        tell();
    }
    // The last call. Without a total, all that is done is the total.
    void finish() {
        if (now_.total == 0) now_.total = now_.done;
        now_.done = now_.total;
        tell();
    }

  private:
    void tell() const {
        if (*call_) (*call_)(now_);
    }

    const ProgressCall* call_;
    std::uint64_t every_;
    Progress now_;
};

}  // namespace postmoney::detail
