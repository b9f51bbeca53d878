#include "postmoney/import/ecb_import.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/documents.hpp"
#include "base/progress_meter.hpp"
#include "base/read_ahead.hpp"
#include "base/refusal.hpp"
#include "import/ecb/ecb_rates.hpp"
#include "import/ecb/ecb_reader.hpp"
#include "postmoney/fact/facts_line.hpp"

namespace postmoney {

namespace detail {

namespace {

// The whole history is about 10 MiB of XML.
constexpr std::size_t max_rates_file = std::size_t{64} << 20U;

// The file itself, or the only member of the zip that it is.
[[nodiscard]] Document ecb_document(const std::filesystem::path& file) {
    std::optional<Document> only;
    std::int64_t count = 0;
    read_documents(file, {[&](Document& document) {
                              if (++count == 1) only = std::move(document);
                          },
                          [](const Error& error) { throw Error(error); }});
    if (count != 1) {
        throw Error(ErrorCode::bad_text,
                    "is a zip of " + std::to_string(count) + " files, expected one file of reference rates")
            .at(file.string(), 0);
    }
    if (only->contents.size() <= max_rates_file) return std::move(*only);
    throw Error(ErrorCode::out_of_range, "is larger than " + std::to_string(max_rates_file >> 20U) +
                                             " MiB, expected a file of reference rates")
        .at(only->name, 0);
}

[[nodiscard]] Source ecb_source(const PartialDate& last_day) {
    return {.id = ecb_source_id(last_day),
            .type = SourceType::database,
            .publisher = "European Central Bank",
            .title = "Euro foreign exchange reference rates up to " + last_day.to_string(),
            .published = last_day,
            .language = "en"};
}

}  // namespace

class EcbImport {
  public:
    EcbImport(Ledger& ledger, const EcbOptions& options)
        : options_(&options),
          currencies_(ledger.currencies()),
          batch_(ledger, options.recorded),
          said_(ledger) {}

    EcbReport run(std::span<const std::filesystem::path> paths) && {
        std::vector<std::filesystem::path> files;
        for (const auto& path : paths) {
            const auto found = files_at(path);
            files.insert(files.end(), found.begin(), found.end());
        }
        ProgressMeter meter(options_->progress, "files", files.size());
        for (const auto& file : files) {
            import(ecb_document(file));
            meter.at(static_cast<std::uint64_t>(report_.files), static_cast<std::uint64_t>(report_.days));
        }
        days_.finish();
        meter.finish();
        if (report_.imported != 0) batch_.commit();
        return report_;
    }

  private:
    // The rates of a day that are to be recorded.
    struct NewDay {
        std::string file;
        std::string source;
        EcbDay day;
        std::map<Currency, EcbRates::Other> others;  // what the same source said otherwise before
    };

    void import(Document document) {
        EcbFile file = read_ecb_file(std::move(document.contents), document.name, currencies_);
        check_currencies_of(file, document.name);
        const auto [earliest, latest] = std::minmax_element(
            file.days.begin(), file.days.end(),
            [](const EcbDay& a, const EcbDay& b) { return a.day.first_day() < b.day.first_day(); });
        const PartialDate last = latest->day;
        said_.read_from(earliest->day, file.currencies);
        const Source source = ecb_source(last);
        bool has_source = false;
        for (EcbDay& day : file.days) {
            std::map<Currency, EcbRates::Other> others;
            try {
                others = keep_new(day, last);
            } catch (const Error& error) {
                throw error.at(document.name, day.line);
            }
            if (day.rates.empty()) continue;
            if (!std::exchange(has_source, true)) record(source, document.name);
            const std::size_t bytes = day.rates.size() * sizeof(FactsLine);
            days_.add({document.name, source.id, std::move(day), std::move(others)}, bytes);
        }
        ++report_.files;
        report_.days += static_cast<std::int64_t>(file.days.size());
    }

    void check_currencies_of(const EcbFile& file, const std::string& name) const {
        for (const Currency& wanted : options_->currencies) {
            if (std::find(file.currencies.begin(), file.currencies.end(), wanted) != file.currencies.end())
                continue;
            throw Error(ErrorCode::missing_field, "has no rates of " + quoted(wanted.code()) +
                                                      ", expected each currency that is asked for")
                .at(name, 0);
        }
    }

    [[nodiscard]] bool is_wanted(const EcbDay& day, const EcbRate& rate) const {
        const auto& wanted = options_->currencies;
        return !(options_->from && day.day.first_day() < options_->from->first_day()) &&
               (wanted.empty() || std::find(wanted.begin(), wanted.end(), rate.currency) != wanted.end());
    }

    // Leaves the rates that are to be recorded, and counts the others. Returns what the source said otherwise
    // of those.
    [[nodiscard]] std::map<Currency, EcbRates::Other> keep_new(EcbDay& day, const PartialDate& published) {
        std::map<Currency, EcbRates::Other> others;
        std::erase_if(day.rates, [&](const EcbRate& rate) {
            if (!is_wanted(day, rate)) {
                ++report_.left_out;
                return true;
            }
            if (const auto other = said_.other_of(rate, day.day, published))
                others.emplace(rate.currency, *other);
            const bool is_known = !said_.take(rate, day.day, published);
            if (is_known) ++report_.already_there;
            return is_known;
        });
        return others;
    }

    // The error at its place in the file, unless it is the ledger's.
    [[noreturn]] static void refuse(const Error& error, std::string_view file, std::uint64_t line) {
        if (is_of_the_ledger(error.code())) throw Error(error);
        throw error.at(file, line);
    }

    void record(const Source& source, std::string_view file) {
        const Entry entry{.content = source};
        try {
            batch_.record(std::span(&entry, 1));
        } catch (const Error& error) {
            refuse(error, file, 0);
        }
    }

    // Runs on another thread.
    [[nodiscard]] std::vector<FactsLine> lines_of(const NewDay& day) {
        std::vector<FactsLine> lines;
        lines.reserve(day.day.rates.size());
        for (const EcbRate& rate : day.day.rates) {
            lines.push_back(facts_.line({.source = day.source,
                                         .content = FxRate{.base = Currency::iso("EUR"),
                                                           .quote = rate.currency,
                                                           .on = day.day.day,
                                                           .rate = rate.rate}},
                                        currencies_));
        }
        return lines;
    }

    void record(const NewDay& day, Outcome<std::vector<FactsLine>>& outcome) {
        try {
            std::vector<FactsLine>& lines = outcome.value();
            // A rate that was corrected and is set back is on record, and the correction stands.
            const std::size_t at_once = day.others.empty() ? lines.size() : 1;
            for (std::size_t i = 0; i < lines.size(); i += at_once) {
                const std::int64_t imported = batch_.record_lines(std::span(lines).subspan(i, at_once));
                report_.imported += imported;
                // What was taken back is on record too, and stays as it is.
                const auto repeated = static_cast<std::int64_t>(at_once) - imported;
                report_.already_there += repeated;
                if (repeated != 0) count_if_not_used(day, day.day.rates[i]);
            }
        } catch (const Error& error) {
            refuse(error, day.file, day.day.line);
        }
    }

    void count_if_not_used(const NewDay& day, const EcbRate& rate) {
        const auto other = day.others.find(rate.currency);
        if (other == day.others.end() || report_.not_used++ != 0) return;
        report_.first_not_used = EcbNotUsed{.day = day.day.day,
                                            .currency = rate.currency,
                                            .rate = rate.rate,
                                            .used = other->second.rate,
                                            .entry = other->second.entry};
    }

    const EcbOptions* options_;
    const Currencies currencies_;
    Ledger::Batch batch_;
    EcbRates said_;
    EcbReport report_;
    FactsReader facts_;  // for the other thread
    // The last member, because its thread uses the others until it is destroyed.
    ReadAhead<NewDay, std::vector<FactsLine>> days_{
        [this](const NewDay& day) { return lines_of(day); },
        [this](const NewDay& day, Outcome<std::vector<FactsLine>>& outcome) { record(day, outcome); }};
};

}  // namespace detail

std::string ecb_source_id(const PartialDate& last_day) {
    return "ecb:" + last_day.to_string();
}

EcbReport import_ecb(Ledger& ledger, std::span<const std::filesystem::path> paths,
                     const EcbOptions& options) {
    return detail::EcbImport(ledger, options).run(paths);
}

}  // namespace postmoney
