#include "ledger_jobs.hpp"

#include <openssl/evp.h>
#include <sqlite3.h>

#include <array>
#include <fstream>
#include <memory>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>
#include <string>

#include "form_d_generator.hpp"
#include "market_generator.hpp"
#include "postmoney/form_d_import.hpp"
#include "postmoney/postmoney.hpp"
#include "raw_twin.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Entry;
using postmoney::Ledger;

constexpr int questions = 1000;

// A raw connection, as someone who writes SQL by hand has it.
class Raw {
  public:
    explicit Raw(const std::filesystem::path& path) {
        if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
            throw std::runtime_error("cannot open " + path.string());
    }
    Raw(const Raw&) = delete;
    Raw& operator=(const Raw&) = delete;
    ~Raw() { sqlite3_close(handle_); }

    // Prepared once, run for each text; how many rows came.
    template <class Texts>
    std::int64_t rows(const std::string& sql, const Texts& texts) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
            SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
        std::int64_t count = 0;
        for (const std::string& text : texts) {
            sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
            while (sqlite3_step(statement) == SQLITE_ROW) {
                for (int i = 0; i < sqlite3_column_count(statement); ++i)
                    sink_ += sqlite3_column_int64(statement, i);
                ++count;
            }
            sqlite3_reset(statement);
        }
        sqlite3_finalize(statement);
        return count;
    }

  private:
    sqlite3* handle_ = nullptr;
    std::int64_t sink_ = 0;
};

class LedgerJobs {
  public:
    LedgerJobs(const Scale& scale, std::filesystem::path folder) : scale_(scale), folder_(std::move(folder)) {
        market_generator::visit({.companies = scale.companies, .seed = 1},
                                [&](const Entry& entry) { entries_.push_back(entry); });
    }

    std::vector<Job> run() {
        bulk();
        apply();
        commits(1);
        commits(100);
        totals();
        reconcile();
        verify();
        open();
        form_d();
        sizes();
        return std::move(jobs_);
    }

  private:
    [[nodiscard]] std::filesystem::path fresh(const std::string& name) const {
        const auto path = folder_ / name;
        std::filesystem::remove(path);
        return path;
    }
    [[nodiscard]] double count() const { return static_cast<double>(entries_.size()); }
    [[nodiscard]] static double raw_seconds(const std::filesystem::path& ledger,
                                            const std::filesystem::path& twin,
                                            std::int64_t entries_per_commit) {
        return std::chrono::duration<double>(raw_twin::write(ledger, twin, entries_per_commit).time).count();
    }

    void bulk() {
        const auto [ours, floor] = compare(
            scale_.rounds,
            [&] {
                Ledger ledger = Ledger::open(fresh("ledger.db"));
                return seconds([&] { ledger.record(entries_); });
            },
            [&] { return raw_seconds(folder_ / "ledger.db", fresh("raw.db"), 0); });
        jobs_.push_back(
            {"record in bulk", "us an entry", ours * 1e6 / count(), floor * 1e6 / count(), "<= 1.6"});
    }

    void apply() {
        std::string facts;
        for (const Entry& entry : entries_) facts += postmoney::canonical_json(entry) + "\n";
        const auto [ours, floor] = compare(
            scale_.rounds,
            [&] {
                Ledger ledger = Ledger::open(fresh("applied.db"));
                std::istringstream in(facts);
                return seconds([&] {
                    ledger.apply(in, "facts");
                    ledger.for_each_total([](std::string_view, const postmoney::Total&) {});
                });
            },
            [&] { return raw_seconds(folder_ / "applied.db", fresh("raw.db"), 0); });
        jobs_.push_back(
            {"apply facts, all totals", "us an entry", ours * 1e6 / count(), floor * 1e6 / count(), ""});
    }

    void commits(std::int64_t size) {
        const std::size_t some = std::min<std::size_t>(entries_.size(), size == 1 ? 300 : 5000);
        const std::span<const Entry> part(entries_.data(), some);
        const auto [ours, floor] = compare(
            scale_.rounds,
            [&] {
                Ledger ledger = Ledger::open(fresh("commits.db"));
                return seconds([&] {
                    for (std::size_t i = 0; i < part.size(); i += static_cast<std::size_t>(size))
                        ledger.record(
                            part.subspan(i, std::min(static_cast<std::size_t>(size), part.size() - i)));
                });
            },
            [&] { return raw_seconds(folder_ / "commits.db", fresh("raw.db"), size); });
        const double commits = static_cast<double>(some) / static_cast<double>(size);
        jobs_.push_back({"commit of " + std::to_string(size), "us a commit", ours * 1e6 / commits,
                         floor * 1e6 / commits, "<= 1.11"});
    }

    void question(const std::string& name, const std::string& sql, const std::string& target,
                  const std::function<void(const Ledger&, const std::string&)>& ask) {
        const Ledger ledger = Ledger::open(folder_ / "ledger.db", {.access = Ledger::Access::read_only});
        Raw raw(folder_ / "ledger.db");
        std::vector<std::string> names;
        for (int i = 0; i < questions; ++i) {
            names.push_back(
                market_generator::company_name(static_cast<std::size_t>(i) * 7919 % scale_.companies));
        }
        const auto [ours, floor] = compare(
            scale_.rounds,
            [&] {
                return seconds([&] {
                    for (const std::string& company : names) ask(ledger, company);
                });
            },
            [&] { return seconds([&] { raw.rows(sql, names); }); });
        jobs_.push_back({name, "us", ours * 1e6 / questions, floor * 1e6 / questions, target});
    }

    void totals() {
        const std::string lookup =
            "SELECT t.known_minor, t.lower_minor, t.upper_minor, t.rounds, t.undisclosed FROM party_name n "
            "JOIN "
            "company_total t ON t.company = n.party AND t.known_to = 253402300799999999 WHERE n.name = ?1";
        question(
            "total of a company", lookup, "<= 1.3",
            [](const Ledger& ledger, const std::string& company) { (void)ledger.total_raised(company); });
        const auto now = postmoney::Timestamp::now();
        question("total as known at a time", lookup, "<= 2",
                 [&](const Ledger& ledger, const std::string& company) {
                     (void)ledger.total_raised(company, {.viewpoint = {.known_at = now}});
                 });
        const auto day = postmoney::PartialDate::parse("2010-06-30");
        question("total as of a day", lookup, "<= 2", [&](const Ledger& ledger, const std::string& company) {
            (void)ledger.total_raised(company, {.viewpoint = {.as_of = day}});
        });
        const Ledger ledger = Ledger::open(folder_ / "ledger.db", {.access = Ledger::Access::read_only});
        Raw raw(folder_ / "ledger.db");
        const std::array<std::string, 1> once{""};
        const auto [ours, floor] = compare(
            scale_.rounds,
            [&] {
                return seconds(
                    [&] { ledger.for_each_total([](std::string_view, const postmoney::Total&) {}); });
            },
            [&] {
                return seconds([&] {
                    raw.rows(
                        "SELECT company, currency, known_minor, lower_minor, upper_minor, rounds, "
                        "undisclosed FROM "
                        "company_total WHERE known_to = 253402300799999999 AND ?1 IS NOT NULL",
                        once);
                });
            });
        jobs_.push_back({"totals of all companies", "ms", ours * 1e3, floor * 1e3, "<= 1.2"});
    }

    void reconcile() {
        question("reconcile a company",
                 "SELECT e.body FROM party_name n JOIN entry e ON e.party = n.party WHERE n.name = ?1", "",
                 [](const Ledger& ledger, const std::string& company) { (void)ledger.reconcile(company); });
        const Ledger ledger = Ledger::open(folder_ / "ledger.db", {.access = Ledger::Access::read_only});
        Raw raw(folder_ / "ledger.db");
        const std::array<std::string, 1> once{""};
        const auto [ours, floor] = compare(
            1, [&] { return seconds([&] { (void)ledger.reconcile(); }); },
            [&] {
                return seconds([&] {
                    raw.rows("SELECT * FROM entry WHERE ?1 IS NOT NULL", once);
                    raw.rows("SELECT * FROM entry WHERE ?1 IS NOT NULL", once);
                });
            });
        jobs_.push_back({"reconcile all", "ms", ours * 1e3, floor * 1e3, "<= 1"});
    }

    void verify() {
        const Ledger ledger = Ledger::open(folder_ / "ledger.db", {.access = Ledger::Access::read_only});
        const auto [ours, floor] = compare(
            1,
            [&] {
                return seconds([&] {
                    if (!ledger.verify().ok) throw std::runtime_error("the ledger does not verify");
                });
            },
            [&] {
                std::size_t bytes = 0;
                return seconds([&] {
                    ledger.for_each_entry([&](const postmoney::LogEntry& entry) {
                        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
                        EVP_Digest(entry.body.data(), entry.body.size(), digest.data(), nullptr, EVP_sha256(),
                                   nullptr);
                        bytes += digest[0];
                    });
                });
            });
        jobs_.push_back({"verify", "us an entry", ours * 1e6 / count(), floor * 1e6 / count(), "<= 1.43"});
    }

    void open() {
        const auto [ours, floor] = compare(
            scale_.rounds,
            [&] { return seconds([&] { const Ledger ledger = Ledger::open(folder_ / "ledger.db"); }); },
            [&] {
                return seconds([&] {
                    Raw raw(folder_ / "ledger.db");
                    raw.rows("SELECT ?1, name FROM sqlite_schema", std::array<std::string, 1>{""});
                });
            });
        jobs_.push_back({"open a ledger", "ms", ours * 1e3, floor * 1e3, "ours < 5 ms"});
    }

    void form_d() {
        const auto filings = form_d_generator::filings({.count = scale_.filings, .seed = 1});
        const auto notices = folder_ / "form-d";
        std::filesystem::create_directories(notices);
        form_d_generator::write_notices(notices, filings, ".xml");
        const auto [ours, floor] = compare(
            scale_.rounds,
            [&] {
                Ledger ledger = Ledger::open(fresh("filings.db"));
                const std::array<std::filesystem::path, 1> paths{notices};
                return seconds([&] { postmoney::import_form_d(ledger, paths); });
            },
            [&] {
                const double parse = seconds([&] {
                    for (const auto& file : std::filesystem::directory_iterator(notices)) {
                        pugi::xml_document document;
                        if (!document.load_file(file.path().c_str())) throw std::runtime_error("bad XML");
                    }
                });
                return parse + raw_seconds(folder_ / "filings.db", fresh("raw.db"), 0);
            });
        const double number = static_cast<double>(scale_.filings);
        jobs_.push_back({"import Form D", "us a filing", ours * 1e6 / number, floor * 1e6 / number, "<= 2"});
    }

    void sizes() {
        (void)raw_seconds(folder_ / "ledger.db", fresh("raw.db"), 0);
        jobs_.push_back({"file size", "bytes an entry",
                         static_cast<double>(std::filesystem::file_size(folder_ / "ledger.db")) / count(),
                         static_cast<double>(std::filesystem::file_size(folder_ / "raw.db")) / count(),
                         "<= 1.5"});
    }

    Scale scale_;
    std::filesystem::path folder_;
    std::vector<Entry> entries_;
    std::vector<Job> jobs_;
};

}  // namespace

std::vector<Job> ledger_jobs(const Scale& scale, const std::filesystem::path& folder) {
    return LedgerJobs(scale, folder).run();
}

}  // namespace benchmark_suite
