#include "peer_jobs.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "command.hpp"
#include "memory_jobs.hpp"
#include "peer_data.hpp"
#include "question_jobs.hpp"

namespace benchmark_suite {

namespace {

constexpr int not_installed = 77;  // the exit status of a peer
constexpr int no_such_command = 127;

struct Peer {
    std::string_view interpreter;
    std::string_view program;
    bool plain_text = false;  // reads its text for each question
};
// Debian's beancount works with Debian's Python only.
constexpr std::array<Peer, 7> peers{{{"python3", "python_decimal.py"},
                                     {"python3", "python_sqlite.py"},
                                     {"python3", "sqlite_shell.py"},
                                     {"node", "duckdb.js"},
                                     {"python3", "ledger.py", true},
                                     {"python3", "hledger.py", true},
                                     {"/usr/bin/python3", "beancount_query.py", true}}};

[[nodiscard]] Finished run_peer(const Peer& peer, const std::string& arguments) {
    const std::string script =
        std::string(POSTMONEY_SOURCE_DIR "/tests/benchmark/peers/") + std::string(peer.program);
    return run("NODE_PATH=" + quoted(POSTMONEY_SOURCE_DIR "/build/readers/node_modules") +
               " PYTHONDONTWRITEBYTECODE=1 " + std::string(peer.interpreter) + " " + quoted(script) + " " +
               arguments);
}

// Empty when the peer is not installed.
[[nodiscard]] nlohmann::json answers_of(const Peer& peer, const std::string& arguments) {
    const Finished finished = run_peer(peer, arguments);
    if (finished.status == not_installed || finished.status == no_such_command) {
        std::cerr << "benchmark_suite: skipped " << peer.program << ": what it drives is not installed\n";
        return nlohmann::json::object();
    }
    if (finished.status != 0) throw std::runtime_error("failed: " + std::string(peer.program));
    return nlohmann::json::parse(finished.output);
}

void add(std::vector<Job>& jobs, std::string_view job, const std::string& peer, double value) {
    const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const Job& one) { return one.job == job; });
    if (found == jobs.end()) throw std::logic_error("no job " + std::string(job));
    found->peers[peer] = value;
}

void add(std::vector<Job>& jobs, const nlohmann::json& answer) {
    const std::string peer = answer.at("peer");
    const std::string question = answer.at("question");
    const double time = answer.at("seconds");
    if (question == "text") {
        add(jobs, text_to_totals, peer, time * 1e3);
        add(jobs, text_to_totals_peak, peer, answer.at("mib"));
    } else if (question == "company") {
        add(jobs, totals_of_companies, peer, time * 1e3);
    } else {
        add(jobs, question == "year" ? totals_by_year : totals_by_currency, peer, time * 1e3);
    }
}

}  // namespace

void ask_peers(const Market& market, std::vector<Job>& jobs) {
    write_peer_data(market.ledger(), market.folder);
    const auto expected = known_totals(market.ledger());
    for (const Peer& peer : peers) {
        const bool all = !peer.plain_text || market.scale.plain_text_questions;
        const auto answers =
            answers_of(peer, quoted(market.folder.string()) + (all ? " company year currency" : " company"));
        for (const auto& answer : answers) {
            if (read_totals(answer.at("totals").get<std::string>()) !=
                expected.at(answer.at("question").get<std::string>()))
                throw std::runtime_error("other totals than the ledger's: " + answer.dump());
            add(jobs, answer);
        }
    }
    for (const auto& [job, nanoseconds] :
         answers_of({"python3", "decimal_kernels.py"}, "").get<std::map<std::string, double>>())
        add(jobs, job, "python decimal", nanoseconds);
}

}  // namespace benchmark_suite
