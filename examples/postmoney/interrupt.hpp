// Interrupt: Ctrl-C while a command records. The next report of its progress throws, so that the ledger rolls
// back.
#pragma once

#include <exception>

class Interrupt {
  public:
    // What `check` throws once Ctrl-C was pressed.
    class Pressed : public std::exception {
      public:
        [[nodiscard]] const char* what() const noexcept override {
            return "interrupted: the ledger is as it was before";
        }
        static constexpr int exit_status = 130;  // as shells report a program that SIGINT ended
    };

    // Watches as long as it lives. A second Ctrl-C ends the program at once, whose transaction is then taken
    // back when the ledger is next opened.
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    // Throws Pressed.
    static void check();
};
