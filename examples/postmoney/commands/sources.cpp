#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

class SourcesCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.option("--known-at", known_at_);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const View view = ledger.view({.known_at = time_of_option("--known-at", known_at_)});
        List list({{"source"},
                   {"type"},
                   {"published"},
                   {"publisher"},
                   {"title"},
                   {"url"},
                   {"entries", CellType::number}});
        for (const auto& [source, entries] : view.sources()) {
            list.add({source.id, std::string(to_string(source.type)), cell(source.published),
                      cell(source.publisher), cell(source.title), cell(source.url), std::to_string(entries)});
        }
        list.print(program, list_, "no source on record");
        return 0;
    }

  private:
    std::string known_at_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_sources() {
    return std::make_unique<SourcesCommand>();
}
