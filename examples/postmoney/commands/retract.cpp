#include "command.hpp"
#include "record_one.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

class RetractCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("ENTRY", entry_);
        parser.option("--reason", reason_);
        parser.option("--source", source_);
        parser.option("--recorded", recorded_);
    }

    int run(const ProgramOptions& program) const override {
        if (reason_.empty()) throw Error(ErrorCode::misuse, "why? give --reason TEXT");
        Json line{{"kind", "retraction"}, {"of", entry_}, {"reason", reason_}};
        if (!source_.empty()) line["source"] = source_;
        if (!recorded_.empty()) line["recorded"] = recorded_;
        return record_line(program, line.dump(-1, ' ', false, Json::error_handler_t::replace));
    }

  private:
    std::string entry_;
    std::string reason_;
    std::string source_;
    std::string recorded_;
};

}  // namespace

std::unique_ptr<Command> make_retract() {
    return std::make_unique<RetractCommand>();
}
