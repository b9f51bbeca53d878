#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::optional<PartialDate> first_day_of_option(const std::string& from) {
    if (from.empty()) return std::nullopt;
    try {
        return PartialDate::parse(from);
    } catch (const Error& error) {
        throw error.in_field("--from");
    }
}

[[nodiscard]] std::vector<Currency> currencies_of_option(const std::vector<std::string>& codes,
                                                         const Ledger& ledger) {
    const Currencies known = ledger.currencies();
    std::vector<Currency> currencies;
    for (const std::string& code : codes) {
        try {
            currencies.push_back(known.get(code));
        } catch (const Error& error) {
            throw error.in_field("--currencies");
        }
    }
    return currencies;
}

[[nodiscard]] Json ecb_not_used_json(const EcbReport& report) {
    if (!report.first_not_used) return {};
    const EcbNotUsed& first = *report.first_not_used;
    return {{"on", first.day.to_string()},
            {"currency", std::string(first.currency.code())},
            {"rate", first.rate.to_string()},
            {"used", first.used.to_string()},
            {"entry", "sha256:" + first.entry.to_string()}};
}

[[nodiscard]] Json ecb_report_json(const EcbReport& report) {
    return {{"files", report.files},
            {"days", report.days},
            {"imported", report.imported},
            {"already_there", report.already_there},
            {"left_out", report.left_out},
            {"not_used", report.not_used},
            {"first_not_used", ecb_not_used_json(report)}};
}

[[nodiscard]] std::string ecb_not_used_text(const EcbReport& report) {
    if (!report.first_not_used) return {};
    const EcbNotUsed& first = *report.first_not_used;
    return fmt::format(
        "{} rates already there are not used, as their source says something else later. Of {} the file says "
        "{} {}, "
        "and {} of sha256:{} is used: `retract` that claim where the file is right\n",
        report.not_used, first.day.to_string(), first.rate.to_string(), first.currency.code(),
        first.used.to_string(), first.entry.to_string());
}

[[nodiscard]] std::string ecb_report_text(const EcbReport& report) {
    return fmt::format("{} files, {} days: {} rates imported, {} already there, {} left out\n", report.files,
                       report.days, report.imported, report.already_there, report.left_out) +
           ecb_not_used_text(report);
}

class ImportEcbCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("FILE", files_);
        parser.option("--from", from_);
        parser.list("--currencies", currencies_);
        parser.option("--recorded", recorded_);
    }

    int run(const ProgramOptions& program) const override {
        EcbOptions options;
        options.from = first_day_of_option(from_);
        options.recorded = time_of_option("--recorded", recorded_);
        Ledger ledger = open_ledger(program, Ledger::Access::create);
        options.currencies = currencies_of_option(currencies_, ledger);
        LongCall call("days");
        options.progress = call.progress();
        const EcbReport report = import_ecb(ledger, files_, options);
        if (program.json) {
            print(ecb_report_json(report));
        } else {
            std::cout << ecb_report_text(report);
        }
        return 0;
    }

  private:
    std::vector<std::filesystem::path> files_;
    std::string from_;
    std::vector<std::string> currencies_;
    std::string recorded_;
};

}  // namespace

std::unique_ptr<Command> make_import_ecb() {
    return std::make_unique<ImportEcbCommand>();
}
