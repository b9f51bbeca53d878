#include "recording_jobs.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <pugixml.hpp>
#include <span>
#include <stdexcept>
#include <string>

#include "ecb_generator.hpp"
#include "form_d_generator.hpp"
#include "hasher.hpp"
#include "postmoney/import/ecb_import.hpp"
#include "postmoney/import/form_d_import.hpp"
#include "postmoney/postmoney.hpp"
#include "raw_twin.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Entry;
using postmoney::Ledger;

[[nodiscard]] double twin_seconds(const Market& market, const std::filesystem::path& ledger,
                                  std::int64_t entries_per_commit = 0) {
    const auto written = raw_twin::write(ledger, market.fresh("raw.db"), entries_per_commit);
    return std::chrono::duration<double>(written.time).count();
}

// The time of SHA-256 over the bytes that recording hashes.
[[nodiscard]] double hashing_seconds(const Market& market) {
    std::vector<std::string> bodies;
    for (const Entry& entry : market.entries) bodies.push_back(postmoney::canonical_json(entry));
    Hasher hasher;
    return seconds([&] {
        std::int64_t recorded = 0;
        for (const std::string& body : bodies) hasher.entry(body.data(), body.size(), ++recorded);
    });
}

[[nodiscard]] double bytes(const std::filesystem::path& path) {
    return static_cast<double>(std::filesystem::file_size(path));
}

void commit(const Market& market, std::size_t size, std::vector<Job>& jobs) {
    const std::size_t some = std::min<std::size_t>(market.entries.size(), size == 1 ? 300 : 5000);
    const std::span<const Entry> part(market.entries.data(), some);
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] {
            Ledger ledger = Ledger::open(market.fresh("commits.db"));
            return seconds([&] {
                for (std::size_t i = 0; i < some; i += size)
                    ledger.record(part.subspan(i, std::min(size, some - i)));
            });
        },
        [&] { return twin_seconds(market, market.folder / "commits.db", static_cast<std::int64_t>(size)); });
    const double commits = static_cast<double>(some) / static_cast<double>(size);
    jobs.push_back({.job = "commit of " + std::to_string(size),
                    .unit = "us a commit",
                    .ours = ours * 1e6 / commits,
                    .floor = floor * 1e6 / commits,
                    .target = "<= 1.11"});
}

}  // namespace

void record_in_bulk(const Market& market, std::vector<Job>& jobs) {
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] {
            Ledger ledger = Ledger::open(market.fresh("ledger.db"));
            return seconds([&] { ledger.record(market.entries); });
        },
        [&] { return twin_seconds(market, market.ledger()); });
    const double count = market.count();
    jobs.push_back({.job = "record in bulk",
                    .unit = "us an entry",
                    .ours = ours * 1e6 / count,
                    .floor = floor * 1e6 / count,
                    .target = "<= 1.6"});
    jobs.push_back({.job = "entries in bulk",
                    .unit = "1000 a second",
                    .ours = count / ours / 1e3,
                    .floor = count / floor / 1e3,
                    .target = ">= 0.63"});
    jobs.push_back(
        {.job = "of recording, SHA-256", .unit = "%", .ours = 100 * hashing_seconds(market) / ours});
    jobs.push_back({.job = "file size",
                    .unit = "bytes an entry",
                    .ours = bytes(market.ledger()) / count,
                    .floor = bytes(market.folder / "raw.db") / count,
                    .target = "<= 1.5"});
}

void apply_facts(const Market& market, std::vector<Job>& jobs) {
    {
        std::ofstream facts(market.facts(), std::ios::binary);
        for (const Entry& entry : market.entries) facts << postmoney::canonical_json(entry) << '\n';
        if (!facts.flush()) throw std::runtime_error("cannot write " + market.facts().string());
    }
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] {
            Ledger ledger = Ledger::open(market.fresh("applied.db"));
            std::ifstream facts(market.facts(), std::ios::binary);
            return seconds([&] { ledger.apply(facts, "facts"); });
        },
        [&] { return twin_seconds(market, market.folder / "applied.db"); });
    jobs.push_back({.job = "apply facts",
                    .unit = "us an entry",
                    .ours = ours * 1e6 / market.count(),
                    .floor = floor * 1e6 / market.count()});
}

void commit_entries(const Market& market, std::vector<Job>& jobs) {
    commit(market, 1, jobs);
    commit(market, 100, jobs);
}

void import_form_d(const Market& market, std::vector<Job>& jobs) {
    const auto filings = form_d_generator::filings({.count = market.scale.filings, .seed = 1});
    const auto notices = market.folder / "form-d";
    form_d_generator::write_notices(notices, filings, ".xml");
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] {
            Ledger ledger = Ledger::open(market.fresh("filings.db"));
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
            return parse + twin_seconds(market, market.folder / "filings.db");
        });
    const double number = static_cast<double>(market.scale.filings);
    jobs.push_back({.job = "import Form D",
                    .unit = "us a filing",
                    .ours = ours * 1e6 / number,
                    .floor = floor * 1e6 / number,
                    .target = "<= 2"});
}

void import_ecb(const Market& market, std::vector<Job>& jobs) {
    const ecb_generator::Shape shape;
    const auto history = market.folder / "eurofxref-hist.csv";
    {
        std::ofstream csv(history, std::ios::binary);
        csv << ecb_generator::csv(ecb_generator::days(shape, false));
        if (!csv.flush()) throw std::runtime_error("cannot write " + history.string());
    }
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] {
            Ledger ledger = Ledger::open(market.fresh("rates.db"));
            const std::array<std::filesystem::path, 1> paths{history};
            return seconds([&] { postmoney::import_ecb(ledger, paths); });
        },
        [&] { return twin_seconds(market, market.folder / "rates.db"); });
    const double number = static_cast<double>(shape.days * ecb_generator::currencies.size());
    jobs.push_back({.job = "import ECB rates",
                    .unit = "us a rate",
                    .ours = ours * 1e6 / number,
                    .floor = floor * 1e6 / number,
                    .target = "<= 2"});
}

}  // namespace benchmark_suite
