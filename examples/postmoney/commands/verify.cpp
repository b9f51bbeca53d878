#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::vector<Head> heads_of(const std::vector<std::string>& texts) {
    std::vector<Head> heads;
    for (const std::string& text : texts) {
        try {
            heads.push_back(Head::parse(text));
        } catch (const Error& error) {
            throw error.in_field("--against");
        }
    }
    return heads;
}

[[nodiscard]] Json verification_json(const Verification& result) {
    Json heads = Json::array();
    for (const Head& head : result.heads) heads.push_back(json_of(head));
    return {{"ok", result.ok},
            {"entries", result.entries},
            {"digest", result.digest.to_string()},
            {"head", json_of(result.head)},
            {"heads", heads},
            {"problem", result.ok ? Json() : Json(result.problem)},
            {"user_objects", result.user_objects}};
}

[[nodiscard]] std::string verification_text(const Verification& result) {
    if (!result.ok) return "NOT ok: " + result.problem + '\n';
    std::string text = fmt::format("ok: {} entries\ndigest {}\nhead   {} of chain {}, length {}\n",
                                   result.entries, result.digest.to_string(), result.head.hash.to_string(),
                                   result.head.chain.to_string(), result.head.length);
    for (const std::string& object : result.user_objects) text += "yours  " + object + ", not checked\n";
    return text;
}

class VerifyCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.option("--against", against_);
        parser.flag("--chains-only", chains_only_);
    }

    int run(const ProgramOptions& program) const override {
        const std::vector<Head> against = heads_of(against_);
        const VerifyScope scope = chains_only_ ? VerifyScope::chains : VerifyScope::everything;
        LongCall call;
        const Verification result = open_to_read(program).verify(against, scope, call.progress());
        if (program.json) {
            print(verification_json(result));
        } else {
            std::cout << verification_text(result);
        }
        return result.ok ? 0 : 1;
    }

  private:
    std::vector<std::string> against_;
    bool chains_only_ = false;
};

}  // namespace

std::unique_ptr<Command> make_verify() {
    return std::make_unique<VerifyCommand>();
}
