// Visitor: what is called for one thing after another, and may end that: any callable, which returns nothing,
// or a bool whose false means that it has seen enough.
//
//   int seen = 0;
//   ledger.for_each_entry([&](const LogEntry& entry) { return ++seen < 10; });
#pragma once

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

template <class... Args>
class Visitor {
  public:
    // One that is not called.
    Visitor() = default;
    template <class Visit>
    requires(!std::same_as<std::remove_cvref_t<Visit>, Visitor> && std::invocable<Visit&, Args...>)
        Visitor(Visit visit) {  // NOLINT(google-explicit-constructor)
        if constexpr (std::is_same_v<std::invoke_result_t<Visit&, Args...>, bool>) {
            visit_ = std::move(visit);
        } else {
            visit_ = [visit = std::move(visit)](Args... args) mutable {
                visit(std::forward<Args>(args)...);
                return true;
            };
        }
    }

    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(visit_); }
    // Whether to go on.
    bool operator()(Args... args) const { return !visit_ || visit_(std::forward<Args>(args)...); }

  private:
    std::function<bool(Args...)> visit_;
};

}  // namespace POSTMONEY_NAMESPACE
