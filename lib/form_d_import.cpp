#include "postmoney/form_d_import.hpp"

#include <map>
#include <set>
#include <string>

#include "documents.hpp"
#include "form_d_dataset.hpp"
#include "form_d_reader.hpp"
#include "refusal.hpp"
#include "sha256.hpp"

namespace postmoney {

namespace {

// The folder part of a document's name: the tables of one data set stand in one folder, or in one archive.
[[nodiscard]] std::string folder_of(const std::string& name) {
    const std::size_t slash = name.find_last_of('/');
    return slash == std::string::npos ? "" : name.substr(0, slash);
}

// A notice takes kilobytes; what is far beyond is none.
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

// Whether a file of this name in a folder or an archive is meant to be read: the data sets come with a page
// that explains them, and folders hold what not. A file that is named itself is always read.
[[nodiscard]] bool is_meant(const std::string& name, std::string_view contents) {
    const std::filesystem::path path(name);
    std::string extension = path.extension().string();
    for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const char* known : {".xml", ".txt", ".nc", ".ori", ".tsv", ".zip"}) {
        if (extension == known)
            return !path.filename().string().starts_with("._");  // what macOS puts into archives
    }
    return extension.empty() && (detail::is_edgar_submission(contents) || starts_as_xml(contents));
}

// What ends an import whatever its options: the ledger cannot go on.
struct LedgerFailed {
    Error error;
};

class FormDImport {
  public:
    FormDImport(Ledger& ledger, const ImportOptions& options)
        : batch_(ledger, options.recorded), options_(&options) {}

    ImportReport run(std::span<const std::filesystem::path> paths) && {
        std::vector<std::filesystem::path> files;
        for (const auto& path : paths) {
            const auto found = detail::files_at(path);
            files.insert(files.end(), found.begin(), found.end());
            if (found.size() == 1 && found.front() == path) named_.insert(path.string());
        }
        progress_.total_files = files.size();
        const detail::DocumentHandlers handlers{[this](detail::Document& document) { read(document); },
                                                [this](const Error& error) { refuse(error); }};
        for (const auto& file : files) {
            detail::read_documents(file, handlers);
            ++progress_.files;
            report();
        }
        for (const auto& [folder, dataset] : datasets_) {
            if (!broken_.contains(folder)) read(dataset, folder);
        }
        batch_.commit();
        return std::move(report_);
    }

  private:
    void refuse(const Error& error) {
        if (!options_->keep_going) throw error;
        report_.refused.push_back(error);
    }

    void report() const {
        if (options_->progress) options_->progress(progress_);
    }

    // Takes one document for what it is. Tables wait until all of their data set are there.
    void read(detail::Document& document) {
        const std::string table = detail::FormDDataset::table_of(document.name);
        if (table.empty() && !named_.contains(document.name) && !is_meant(document.name, document.contents))
            return;
        ++report_.files;
        try {
            if (!table.empty()) {
                read_table(table, document);
            } else if (could_be_notice(document.contents)) {
                add(notice(document), document.name);
            } else {
                throw Error(ErrorCode::bad_xml, "is neither a Form D nor a table of the data set")
                    .at(document.name, 0);
            }
        } catch (const Error& error) {
            refuse(error.at(document.name, 0));
        }
    }

    // A data set with a table that is refused is left out whole: its filings would lack a part.
    void read_table(const std::string& table, detail::Document& document) {
        const std::string folder = folder_of(document.name);
        try {
            datasets_[folder].add(table, document.name, std::move(document.contents));
        } catch (const Error&) {
            broken_.insert(folder);
            throw;
        }
    }

    [[nodiscard]] FormD notice(detail::Document& document) {
        if (document.contents.size() > max_notice) {
            throw Error(ErrorCode::out_of_range,
                        "is larger than " + std::to_string(max_notice >> 20U) + " MiB, expected a Form D");
        }
        detail::FilingHeader header;
        FormD::Copy copy = FormD::Copy::document;
        std::uint64_t first_line = 1;
        if (detail::is_edgar_submission(document.contents)) {
            auto submission = detail::read_edgar_submission(document.contents, document.name);
            header = std::move(submission.header);
            first_line = submission.first_line;
            document.contents = std::move(submission.xml);
            copy = FormD::Copy::submission;
        }
        auto fields = detail::form_d_fields_of_xml(std::move(document.contents), document.name, first_line);
        if (header.accession.empty()) header.accession = detail::accession_in(document.name);
        if (header.accession.empty()) {
            header.accession = "sha256:" + EntryId{sha256_(detail::text_of_fields(fields))}.to_string();
        }
        FormD filing = detail::form_d_from(std::move(fields), header);
        filing.copy = copy;
        return filing;
    }

    void read(const detail::FormDDataset& dataset, const std::string& folder) {
        try {
            dataset.for_each_filing([&](const FormD& filing) { add(filing, folder); },
                                    [&](const Error& error) { refuse(error); });
        } catch (const Error& error) {
            refuse(error.at(folder, 0));
        }
    }

    [[nodiscard]] bool on_record(const std::string& accession) {
        using Copy = FormD::Copy;
        const auto known = [&](Copy copy) { return batch_.has_source(form_d_source_id(accession, copy)); };
        return known(Copy::submission) || known(Copy::document) || known(Copy::data_set);
    }

    void add(const FormD& filing, const std::string& place) {
        ++progress_.filings;
        const bool supersedes = !filing.previous_accession.empty() && on_record(filing.previous_accession);
        try {
            const bool is_new = batch_.record(entries_of(filing)) > 0;
            ++(is_new ? report_.imported : report_.unchanged);
            if (is_new && supersedes) ++report_.superseded;
        } catch (const Error& error) {
            if (detail::is_of_the_ledger(error.code())) throw LedgerFailed{error};
            refuse(error.at(place, 0));
        }
        report();
    }

    Ledger::Batch batch_;
    const ImportOptions* options_;
    detail::Sha256 sha256_;
    std::map<std::string, detail::FormDDataset> datasets_;  // by folder
    std::set<std::string> broken_;                          // folders of data sets that are left out
    std::set<std::string> named_;                           // files that the caller named
    ImportProgress progress_;
    ImportReport report_;
};

}  // namespace

ImportReport import_form_d(Ledger& ledger, std::span<const std::filesystem::path> paths,
                           const ImportOptions& options) {
    try {
        return FormDImport(ledger, options).run(paths);
    } catch (const LedgerFailed& failed) {
        throw failed.error;
    }
}

}  // namespace postmoney
