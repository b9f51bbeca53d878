// IntegrityCheck: SQLite's own checks of a ledger's file, on a thread of their own where that saves time.
#pragma once

#include <atomic>
#include <exception>
#include <memory>
#include <string>
#include <thread>

#include "sql/connection.hpp"

namespace postmoney::detail {

class IntegrityCheck {
  public:
    // Begins. A small ledger is checked at once, and so is one in memory, or one in which this connection
    // writes: no other connection sees that. Throws what SQLite reports, as problem() does.
    explicit IntegrityCheck(Connection& connection);
    // Ends the check, wherever it is.
    ~IntegrityCheck();
    IntegrityCheck(const IntegrityCheck&) = delete;
    IntegrityCheck& operator=(const IntegrityCheck&) = delete;

    // Whether it is not done yet.
    [[nodiscard]] bool goes_on() const noexcept { return thread_.joinable(); }
    // Waits for the end: what is wrong, in words; empty when nothing is.
    [[nodiscard]] std::string problem();

  private:
    void begin_beside(const Connection& connection);

    std::unique_ptr<Connection> beside_;  // for the thread
    std::atomic<bool> stopped_ = false;
    std::thread thread_;
    std::string problem_;
    std::exception_ptr error_;
};

}  // namespace postmoney::detail
