// benchmark_suite [--small|--large] [--only JOBS] [--json FILE]: measures the library's work against the same
// work by hand and against others, prints a table, and writes it as JSON. JOBS is csv, form-d or
// lists.
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "compile_jobs.hpp"
#include "csv_jobs.hpp"
#include "kernels.hpp"
#include "list_jobs.hpp"
#include "machine_load.hpp"
#include "market.hpp"
#include "memory_jobs.hpp"
#include "model_jobs.hpp"
#include "peer_jobs.hpp"
#include "question_jobs.hpp"
#include "recording_jobs.hpp"
#include "table.hpp"

namespace {

using benchmark_suite::Job;
using benchmark_suite::Market;
using benchmark_suite::Scale;

struct Arguments {
    Scale scale{.companies = 10'000, .filings = 2'000, .csv_rows = 40'000, .rounds = 3};
    std::string json;
    std::string only;  // a word for some of the jobs; all when empty
};

[[nodiscard]] Arguments parse(std::span<char* const> words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view argument = words[i];
        if (argument == "--small") {
            arguments.scale = {.companies = 500, .filings = 200, .csv_rows = 2'000, .rounds = 3};
        } else if (argument == "--large") {
            arguments.scale = {.companies = 100'000,
                               .filings = 20'000,
                               .csv_rows = 1'000'000,
                               .rounds = 1,
                               .plain_text_questions = false};
        } else if (argument == "--json" && i + 1 < words.size()) {
            arguments.json = words[++i];
        } else if (argument == "--only" && i + 1 < words.size()) {
            arguments.only = words[++i];
        } else {
            throw std::invalid_argument(
                "usage: benchmark_suite [--small|--large] [--only csv|form-d|lists] [--json FILE]");
        }
    }
    return arguments;
}

// The jobs that show how a ledger's speed changes as it grows.
void growing_jobs(const Market& market, std::vector<Job>& jobs) {
    record_in_bulk(market, jobs);
    ask_for_totals(market, jobs);
    list(market, jobs);
    reconcile(market, jobs);
    verify(market, jobs);
    open(market, jobs);
}

// The growing jobs in ledgers of a hundredth and a tenth of the companies, and in this one.
void add_growth(const Market& market, std::vector<Job>& jobs) {
    for (Job& job : jobs) job.growth[market.scale.companies] = job.ours;
    for (const std::size_t part : {10U, 100U}) {
        Scale scale = market.scale;
        scale.companies /= part;
        const Market small(scale, market.folder / ("part-" + std::to_string(part)));
        std::vector<Job> small_jobs;
        growing_jobs(small, small_jobs);
        for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].growth[scale.companies] = small_jobs[i].ours;
    }
}

void market_jobs(const Market& market, std::vector<Job>& jobs) {
    std::vector<Job> growing;
    growing_jobs(market, growing);
    add_growth(market, growing);
    jobs.insert(jobs.end(), growing.begin(), growing.end());
    apply_facts(market, jobs);
    commit_entries(market, jobs);
    import_form_d(market, jobs);
    import_csv(market, jobs);
    import_ecb(market, jobs);
    import_in_processes(market, jobs);
    import_table_in_processes(market, jobs);
    ask_peers(market, jobs);
}

// The jobs that a word names.
void some_jobs(const Market& market, std::string_view only, std::vector<Job>& jobs) {
    if (only == "csv") {
        import_csv(market, jobs);
        import_table_in_processes(market, jobs);
    } else if (only == "form-d") {
        import_form_d(market, jobs);
    } else if (only == "lists") {
        record_in_bulk(market, jobs);
        list(market, jobs);
    } else {
        throw std::invalid_argument("--only takes csv, form-d or lists");
    }
}

[[nodiscard]] std::vector<Job> jobs_of(const Arguments& arguments, const std::filesystem::path& folder) {
    std::vector<Job> jobs;
    if (!arguments.only.empty()) {
        some_jobs(Market(arguments.scale, folder), arguments.only, jobs);
        return jobs;
    }
    jobs = benchmark_suite::kernels();
    benchmark_suite::model_rounds_and_exits(folder, jobs);
    benchmark_suite::compile_includes(folder, jobs);
    market_jobs(Market(arguments.scale, folder), jobs);
    return jobs;
}

}  // namespace

int main(int argc, char** argv) {
    const std::span<char* const> words(argv + 1, static_cast<std::size_t>(argc - 1));
    try {
        if (words.size() == 4 && std::string_view(words[0]) == "--import") {
            benchmark_suite::import_here(words.subspan(1));
            return EXIT_SUCCESS;
        }
        const Arguments arguments = parse(words);
        const benchmark_suite::MachineLoad load;
        const auto folder =
            std::filesystem::temp_directory_path() / ("postmoney-benchmark-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        const std::vector<Job> jobs = jobs_of(arguments, folder);
        std::filesystem::remove_all(folder);
        std::cout << std::thread::hardware_concurrency() << " cores, " << arguments.scale.companies
                  << " companies, " << arguments.scale.filings << " filings; other programs took "
                  << std::lround(load.of_others()) << " % of the processors' time\n\n";
        benchmark_suite::print(jobs);
        if (!arguments.json.empty()) benchmark_suite::write_json(jobs, arguments.json);
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << "benchmark_suite: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
