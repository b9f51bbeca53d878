#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

class SearchCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("WORDS", words_);
        parser.option("--known-at", known_at_);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const View view = ledger.view({.known_at = time_of_option("--known-at", known_at_)});
        std::string words;
        for (const std::string& word : words_) words += word + " ";
        List list({{"kind"}, {"name"}, {"text"}});
        for (const Match& match : view.find(words))
            list.add({std::string(to_string(match.kind)), match.name, match.text});
        list.print(program, list_, "nothing found");
        return 0;
    }

  private:
    std::vector<std::string> words_;
    std::string known_at_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_search() {
    return std::make_unique<SearchCommand>();
}
