// OneThread: tells the thread that uses an object from others, so that two at once are refused and race for
// nothing.
#pragma once

#include <atomic>
#include <thread>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

class OneThread {
  public:
    // The thread uses the object until it leaves as often as it entered. Throws misuse while another one
    // does.
    void enter() {
        if (!try_enter())
            throw Error(ErrorCode::misuse,
                        "two threads use one ledger at once; open the file once for each thread");
    }
    // The same, but waits for the other thread.
    void enter_in_turn() noexcept {
        while (!try_enter()) std::this_thread::yield();
    }
    void leave() noexcept {
        if (--depth_ == 0) user_.store(std::thread::id(), std::memory_order_release);
    }

  private:
    [[nodiscard]] bool try_enter() noexcept {
        const std::thread::id own = std::this_thread::get_id();
        if (user_.load(std::memory_order_relaxed) != own) {
            std::thread::id nobody;
            if (!user_.compare_exchange_strong(nobody, own, std::memory_order_acquire)) return false;
        }
        ++depth_;
        return true;
    }

    std::atomic<std::thread::id> user_{};
    int depth_ = 0;  // of the thread that is in
};

}  // namespace postmoney::detail
