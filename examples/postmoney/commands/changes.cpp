#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

class ChangesCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        parser.option("--since", since_);
        parser.option("--known-at", known_at_);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const auto since = time_of_option("--since", since_);
        if (!since) throw Error(ErrorCode::misuse, "since when? give --since TIME");
        const auto known_at = time_of_option("--known-at", known_at_);
        if (known_at && *known_at < *since)
            throw Error::refused(ErrorCode::out_of_range, since_, "a time no later than --known-at")
                .in_field("--since");
        const Ledger ledger = open_to_read(program);
        const View before = ledger.view({.known_at = since});
        const View after = ledger.view({.known_at = known_at});
        List list({{"subject"}, {"name"}, {"field"}, {"before"}, {"after"}});
        for (const Change& change : changes(before, after, company_))
            list.add({change.subject, change.name, change.field, cell(change.before), cell(change.after)});
        list.print(program, list_, "nothing changed");
        return 0;
    }

  private:
    std::string company_;
    std::string since_;
    std::string known_at_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_changes() {
    return std::make_unique<ChangesCommand>();
}
