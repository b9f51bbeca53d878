// postmoney: keeps a funding ledger from the command line.
#include <exception>
#include <iostream>

#include "interrupt.hpp"
#include "program.hpp"

int main(int argc, char** argv) {
    try {
        std::ios::sync_with_stdio(false);
        const int status = Program().run(argc, argv);
        std::cout.flush();
        if (!std::cout) throw postmoney::Error(postmoney::ErrorCode::io, "standard output cannot be written");
        return status;
    } catch (const Interrupt::Pressed& pressed) {
        std::cerr << pressed.what() << '\n';
        return Interrupt::Pressed::exit_status;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
