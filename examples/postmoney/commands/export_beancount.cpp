#include "journal_command.hpp"

std::unique_ptr<Command> make_export_beancount() {
    return std::make_unique<JournalCommand>(postmoney::JournalFormat::beancount);
}
