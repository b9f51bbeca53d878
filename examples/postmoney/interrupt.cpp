#include "interrupt.hpp"

#include <csignal>

namespace {

volatile std::sig_atomic_t pressed = 0;

extern "C" void take_interrupt(int signal) {
    if (pressed != 0) std::signal(signal, SIG_DFL);
    if (pressed != 0) std::raise(signal);
    pressed = 1;
}

}  // namespace

Interrupt::Interrupt() {
    std::signal(SIGINT, take_interrupt);
}

Interrupt::~Interrupt() {
    std::signal(SIGINT, SIG_DFL);
}

void Interrupt::check() {
    if (pressed != 0) throw Pressed();
}
