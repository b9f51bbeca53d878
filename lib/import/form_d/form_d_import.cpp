#include "postmoney/import/form_d_import.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/ascii.hpp"
#include "base/documents.hpp"
#include "base/progress_meter.hpp"
#include "base/read_ahead.hpp"
#include "base/refusal.hpp"
#include "base/sha256.hpp"
#include "import/form_d/form_d_dataset.hpp"
#include "import/form_d/form_d_reader.hpp"
#include "postmoney/fact/facts_line.hpp"

namespace postmoney {

namespace {

// The folder part of a document's name. The tables of one data set lie in one folder, or in one archive.
[[nodiscard]] std::string folder_of(const std::string& name) {
    const std::size_t slash = name.find_last_of('/');
    return slash == std::string::npos ? "" : name.substr(0, slash);
}

// A notice takes kilobytes; a file that is far larger is not a notice.
constexpr std::size_t max_notice = std::size_t{16} << 20U;

[[nodiscard]] bool starts_as_xml(std::string_view contents) {
    const std::string_view start = contents.substr(0, 512);
    return start.find("<?xml") != std::string_view::npos ||
           start.find("<edgarSubmission") != std::string_view::npos;
}

[[nodiscard]] bool could_be_notice(std::string_view contents) {
    return detail::is_edgar_submission(contents) ||
           contents.substr(0, 512).find('<') != std::string_view::npos;
}

// Whether a file of this name in a folder or an archive is meant to be read. Folders also hold other files,
// such as the page that explains a data set. A file that the caller names is always read.
[[nodiscard]] bool is_meant(const std::string& name, std::string_view contents) {
    const std::filesystem::path path(name);
    const std::string extension = detail::lower(path.extension().string());
    for (const char* known : {".xml", ".txt", ".nc", ".ori", ".tsv", ".zip"}) {
        if (extension == known)
            return !path.filename().string().starts_with("._");  // a file that macOS adds to archives
    }
    return extension.empty() && (detail::is_edgar_submission(contents) || starts_as_xml(contents));
}

// Ends an import whatever its options, because the ledger cannot go on.
struct LedgerFailed {
    Error error;
};

}  // namespace

namespace detail {

class FormDImport {
  public:
    FormDImport(Ledger& ledger, const ImportOptions& options)
        : batch_(ledger, options.recorded), options_(&options) {}

    ImportReport run(std::span<const std::filesystem::path> paths) && {
        std::vector<std::filesystem::path> files;
        for (const auto& path : paths) {
            const auto found = files_at(path);
            files.insert(files.end(), found.begin(), found.end());
            if (found.size() == 1 && found.front() == path) named_.insert(path.string());
        }
        meter_.emplace(options_->progress, "files", files.size());
        const DocumentHandlers handlers{[this](Document& document) { read(document); },
                                        [this](const Error& error) { add_refused(error); }};
        for (const auto& file : files) {
            read_documents(file, handlers);
            ++files_;
            report();
        }
        for (const auto& [folder, dataset] : datasets_) {
            if (!broken_.contains(folder)) read(dataset, folder);
        }
        filings_.finish();
        meter_->finish();
        batch_.commit();
        return std::move(report_);
    }

  private:
    // A filing that is still to be read. `filing` gives none when there is nothing to record and nothing to
    // refuse.
    struct Unread {
        std::string place;
        std::function<std::optional<FormD>()> filing;
    };
    struct Filing {
        std::string previous_accession;
        std::vector<FactsLine> lines;
    };

    // Runs on another thread, like everything that it calls.
    [[nodiscard]] std::optional<Filing> prepare(const Unread& unread) {
        std::optional<FormD> notice = unread.filing();
        if (!notice) return std::nullopt;
        Filing filing{notice->previous_accession, {}};
        // The amounts are in US dollars, so the ledger's own currencies do not matter.
        std::vector<Entry> entries = entries_of(std::move(*notice));
        filing.lines.reserve(entries.size());
        for (Entry& entry : entries) filing.lines.push_back(facts_.line(std::move(entry)));
        return filing;
    }

    void refuse(const Error& error) {
        if (!options_->keep_going) throw Error(error);
        report_.refused.push_back(error);
    }

    // Adds the refusal in its place among the filings.
    void add_refused(const Error& error) {
        filings_.add({{}, [error]() -> std::optional<FormD> { throw Error(error); }}, 0);
    }

    void report() { meter_->at(files_, filings_read_); }

    // Reads one document by what it is. Tables wait until the other tables of their data set are there.
    void read(Document& document) {
        const std::string table = FormDDataset::table_of(document.name);
        if (table.empty() && !named_.contains(document.name) && !is_meant(document.name, document.contents))
            return;
        ++report_.files;
        try {
            if (table.empty()) {
                check_notice(document.contents);
            } else {
                read_table(table, document);
            }
        } catch (const Error& error) {
            return add_refused(error.at(document.name, 0));
        }
        if (table.empty()) add(std::move(document));
    }

    void add(Document document) {
        const std::size_t size = document.contents.size();
        std::string place = document.name;
        filings_.add({std::move(place), [this, own = std::move(document)]() mutable { return notice(own); }},
                     size);
    }

    static void check_notice(std::string_view contents) {
        if (!could_be_notice(contents))
            throw Error(ErrorCode::bad_xml, "is neither a Form D nor a table of the data set");
        if (contents.size() > max_notice) {
            throw Error(ErrorCode::out_of_range,
                        "is larger than " + std::to_string(max_notice >> 20U) + " MiB, expected a Form D");
        }
    }

    // A data set with a refused table is left out as a whole, because its filings would lack a part.
    void read_table(const std::string& table, Document& document) {
        const std::string folder = folder_of(document.name);
        try {
            datasets_[folder].add(table, document.name, std::move(document.contents));
        } catch (const Error&) {
            broken_.insert(folder);
            throw;
        }
    }

    [[nodiscard]] FormD notice(Document& document) {
        FilingHeader header;
        FormD::Copy copy = FormD::Copy::document;
        std::uint64_t first_line = 1;
        if (is_edgar_submission(document.contents)) {
            auto submission = read_edgar_submission(document.contents, document.name);
            header = std::move(submission.header);
            first_line = submission.first_line;
            document.contents = std::move(submission.xml);
            copy = FormD::Copy::submission;
        } else if (const auto within = within_xml_tags(document.contents);
                   within.size() != document.contents.size()) {
            const auto begin = document.contents.begin();
            first_line += static_cast<std::uint64_t>(
                std::count(begin, begin + (within.data() - document.contents.data()), '\n'));
            document.contents = std::string(within);
        }
        auto fields = form_d_fields_of_xml(std::move(document.contents), document.name, first_line);
        if (header.accession.empty()) header.accession = accession_in(document.name);
        if (header.accession.empty())
            header.accession = "sha256:" + EntryId{sha256_(text_of_fields(fields))}.to_string();
        FormD filing = form_d_from(std::move(fields), header);
        filing.copy = copy;
        return filing;
    }

    void read(const FormDDataset& dataset, const std::string& folder) {
        try {
            for (const std::string& table : dataset.check_tables())
                report_.notes.push_back(folder + ": the data set lacks " + table +
                                        ", and is read without it");
        } catch (const Error& error) {
            return add_refused(error.at(folder, 0));
        }
        for (std::size_t row = 0; row < dataset.size(); ++row)
            filings_.add({folder, [&dataset, row] { return dataset.filing(row); }}, bytes_of_row);
        dataset.for_each_stray([this](const Error& error) { add_refused(error); });
    }

    [[nodiscard]] bool on_record(const std::string& accession) {
        using Copy = FormD::Copy;
        const auto known = [&](Copy copy) { return batch_.has_source(form_d_source_id(accession, copy)); };
        return known(Copy::submission) || known(Copy::document) || known(Copy::data_set);
    }

    void record(const Unread& unread, Outcome<std::optional<Filing>>& outcome) {
        std::optional<Filing>* filing = nullptr;
        try {
            filing = &outcome.value();
        } catch (const Error& error) {
            return refuse(error.at(unread.place, 0));
        }
        if (*filing) record(**filing, unread.place);
    }

    void record(Filing& filing, const std::string& place) {
        ++filings_read_;
        const bool supersedes = !filing.previous_accession.empty() && on_record(filing.previous_accession);
        try {
            const bool is_new = batch_.record_lines(filing.lines) > 0;
            ++(is_new ? report_.imported : report_.unchanged);
            if (is_new && supersedes) ++report_.superseded;
        } catch (const Error& error) {
            if (is_of_the_ledger(error.code())) throw LedgerFailed{error};
            refuse(error.at(place, 0));
        }
        report();
    }

    static constexpr std::size_t bytes_of_row = 1024;  // about the size of a data set's filing

    Ledger::Batch batch_;
    const ImportOptions* options_;
    Sha256 sha256_;                                 // for the other thread
    FactsReader facts_;                             // for the other thread
    std::map<std::string, FormDDataset> datasets_;  // by folder
    std::set<std::string> broken_;                  // folders of data sets that are left out
    std::set<std::string> named_;                   // files that the caller named
    std::optional<ProgressMeter> meter_;            // of run()
    std::uint64_t files_ = 0;
    std::uint64_t filings_read_ = 0;
    ImportReport report_;
    // The last member, because its thread uses the others until it is destroyed.
    ReadAhead<Unread, std::optional<Filing>> filings_{
        [this](const Unread& unread) { return prepare(unread); },
        [this](const Unread& unread, Outcome<std::optional<Filing>>& outcome) { record(unread, outcome); }};
};

}  // namespace detail

ImportReport import_form_d(Ledger& ledger, std::span<const std::filesystem::path> paths,
                           const ImportOptions& options) {
    try {
        return detail::FormDImport(ledger, options).run(paths);
    } catch (const LedgerFailed& failed) {
        throw failed.error;
    }
}

}  // namespace postmoney
