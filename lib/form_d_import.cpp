#include "postmoney/form_d_import.hpp"

#include <map>
#include <string>

#include "documents.hpp"
#include "form_d_dataset.hpp"
#include "form_d_reader.hpp"
#include "sha256.hpp"

namespace postmoney {

namespace {

// The folder part of a document's name: the tables of one data set stand in one folder, or in one archive.
[[nodiscard]] std::string folder_of(const std::string& name) {
    const std::size_t slash = name.find_last_of('/');
    return slash == std::string::npos ? "" : name.substr(0, slash);
}

[[nodiscard]] bool could_be_notice(std::string_view contents) {
    const std::string_view start = contents.substr(0, 512);
    return detail::is_edgar_submission(contents) || start.find('<') != std::string_view::npos;
}

class FormDImport {
  public:
    FormDImport(Ledger& ledger, const ImportOptions& options)
        : batch_(ledger, options.recorded), options_(&options) {}

    ImportReport run(std::span<const std::filesystem::path> paths) && {
        std::vector<std::filesystem::path> files;
        for (const auto& path : paths) {
            const auto found = detail::files_at(path);
            files.insert(files.end(), found.begin(), found.end());
        }
        progress_.total_files = files.size();
        const detail::DocumentHandlers handlers{[this](detail::Document& document) { read(document); },
                                                [this](const Error& error) { refuse(error); }};
        for (const auto& file : files) {
            detail::read_documents(file, handlers);
            ++progress_.files;
            report();
        }
        for (const auto& [folder, dataset] : datasets_) read(dataset, folder);
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
        ++report_.files;
        try {
            const std::string table = detail::FormDDataset::table_of(document.name);
            if (!table.empty()) {
                datasets_[folder_of(document.name)].add(table, document.name, std::move(document.contents));
            } else if (could_be_notice(document.contents)) {
                add(notice(document), document.name);
            } else {
                throw Error(ErrorCode::bad_xml, "is neither a Form D nor a table of the data set").at(document.name, 0);
            }
        } catch (const Error& error) {
            refuse(error.at(document.name, 0));
        }
    }

    [[nodiscard]] FormD notice(detail::Document& document) {
        detail::FilingHeader header;
        std::uint64_t first_line = 1;
        std::string hash;
        if (detail::is_edgar_submission(document.contents)) {
            auto submission = detail::read_edgar_submission(document.contents, document.name);
            header = std::move(submission.header);
            first_line = submission.first_line;
            document.contents = std::move(submission.xml);
        }
        if (header.accession.empty()) header.accession = detail::accession_in(document.name);
        if (header.accession.empty()) header.accession = "sha256:" + EntryId{sha256_(document.contents)}.to_string();
        return detail::form_d_from(detail::form_d_fields_of_xml(document.contents, document.name, first_line), header);
    }

    void read(const detail::FormDDataset& dataset, const std::string& folder) {
        try {
            dataset.for_each_filing([&](const FormD& filing) { add(filing, folder); },
                                    [&](const Error& error) { refuse(error); });
        } catch (const Error& error) {
            refuse(error.at(folder, 0));
        }
    }

    void add(const FormD& filing, const std::string& place) {
        ++progress_.filings;
        if (batch_.has_source(form_d_handle(filing.accession))) {
            ++report_.unchanged;
            return;
        }
        const bool supersedes =
            !filing.previous_accession.empty() && batch_.has_source(form_d_handle(filing.previous_accession));
        try {
            batch_.record(entries_of(filing));
        } catch (const Error& error) {
            refuse(error.at(place, 0));
            return;
        }
        ++report_.imported;
        if (supersedes) ++report_.superseded;
        report();
    }

    Ledger::Batch batch_;
    const ImportOptions* options_;
    detail::Sha256 sha256_;
    std::map<std::string, detail::FormDDataset> datasets_;
    ImportProgress progress_;
    ImportReport report_;
};

}  // namespace

ImportReport import_form_d(Ledger& ledger, std::span<const std::filesystem::path> paths, const ImportOptions& options) {
    return FormDImport(ledger, options).run(paths);
}

}  // namespace postmoney
