#include <fmt/core.h>

#include <iostream>
#include <system_error>

#include "command.hpp"
#include "json.hpp"
#include "open_file.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Json apply_report_json(const std::string& file, const ApplyReport& report) {
    Json refused = Json::array();
    for (const Error& error : report.refused) {
        refused.push_back({{"line", error.line()},
                           {"field", error.field()},
                           {"code", std::string(to_string(error.code()))},
                           {"message", error.message()}});
    }
    return {{"file", file},
            {"lines", report.lines},
            {"recorded", report.recorded},
            {"repeated", report.repeated},
            {"refused", refused}};
}

[[nodiscard]] std::string apply_report_text(const std::string& file, const ApplyReport& report) {
    if (report.recorded == 0 && report.refused.empty())
        return fmt::format("{}: nothing new, all {} on record already\n", file, entries_text(report.lines));
    return fmt::format("{}: {} recorded, {} on record already, {} refused\n", file,
                       entries_text(report.recorded), report.repeated, report.refused.size());
}

// In bytes; 0 where it has no size.
[[nodiscard]] std::uint64_t size_of_file(const std::string& name) {
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(name, error);
    return error ? 0 : size;
}

class ApplyCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("FILE", file_);
        parser.option("--recorded", recorded_);
        parser.flag("--keep-going", keep_going_);
    }

    int run(const ProgramOptions& program) const override {
        const std::filesystem::path& ledger = ledger_file(program);
        ApplyOptions options;
        options.keep_going = keep_going_;
        options.recorded = time_of_option("--recorded", recorded_);
        const ApplyReport report = apply_to(ledger, options);
        print_refused(report.refused);
        if (program.json) {
            print(apply_report_json(file_, report));
        } else {
            std::cout << apply_report_text(file_, report);
        }
        return report.refused.empty() ? 0 : 2;
    }

  private:
    [[nodiscard]] ApplyReport apply_to(const std::filesystem::path& ledger, ApplyOptions options) const {
        if (file_ == "-") {
            LongCall call;
            options.progress = call.progress();
            return apply_facts(ledger, std::cin, file_, options);
        }
        std::ifstream in = open_file(file_);
        LongCall call("", size_of_file(file_));
        options.progress = call.progress();
        return apply_facts(ledger, in, file_, options);
    }

    std::string file_;
    std::string recorded_;
    bool keep_going_ = false;
};

}  // namespace

std::unique_ptr<Command> make_apply() {
    return std::make_unique<ApplyCommand>();
}
