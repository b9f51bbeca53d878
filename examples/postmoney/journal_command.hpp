// JournalCommand: what `export ledger` and `export beancount` share.
#pragma once

#include "command.hpp"

class JournalCommand final : public Command {
  public:
    explicit JournalCommand(postmoney::JournalFormat format) : format_(format) {}

    void declare(CommandParser& parser) override;
    [[nodiscard]] int run(const ProgramOptions& program) const override;

  private:
    postmoney::JournalFormat format_;
    std::string file_;
};
