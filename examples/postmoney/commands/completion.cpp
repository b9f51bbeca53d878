#include <iostream>

#include "command.hpp"
#include "page.hpp"
#include "shell_completion.hpp"

using namespace postmoney;

namespace {

class CompletionCommand final : public Command {
  public:
    void declare(CommandParser& parser) override { parser.argument("WHAT", what_); }

    int run(const ProgramOptions&) const override {
        const ProgramPages pages;
        if (what_ == "bash") {
            print_bash_completion(std::cout, pages);
        } else if (what_ == "zsh") {
            print_zsh_completion(std::cout, pages);
        } else if (what_ == "fish") {
            print_fish_completion(std::cout, pages);
        } else if (what_ == "man") {
            print_manual(std::cout, pages);
        } else {
            throw Error::refused(ErrorCode::bad_word, what_, "bash, zsh, fish or man").in_field("WHAT");
        }
        return 0;
    }

  private:
    std::string what_;
};

}  // namespace

std::unique_ptr<Command> make_completion() {
    return std::make_unique<CompletionCommand>();
}
