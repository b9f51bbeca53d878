// What a name means that very many parties have: in one batch, where what was read is kept, and line by line,
// where each transaction reads anew.
#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "../sanitizers.hpp"
#include "fixtures.hpp"

using namespace store_test;

namespace {

constexpr int many = 40;

// Parties that share an alias, each with ids of two schemes, of which one loses its ids again.
std::vector<std::string> namesakes() {
    std::vector<std::string> lines;
    for (int i = 0; i < many; ++i) {
        const std::string number = std::to_string(i);
        lines.push_back(R"({"kind":"party","key":"p)" + number + R"(","name":"Fund )" + number +
                        R"(","aliases":["The Fund"],"ids":{"cik":")" + number + R"(","lei":"L)" + number +
                        R"("}})");
    }
    // A party loses its ids and keeps the name, and the next line means it.
    lines.emplace_back(R"({"kind":"party","name":"Fund 0","aliases":["The Fund"]})");
    lines.emplace_back(R"({"kind":"party","name":"Another","aliases":["The Fund"],"ids":{"cik":"900"}})");
    lines.emplace_back(R"({"kind":"retraction","of":"p0","reason":"wrong"})");
    lines.emplace_back(R"({"kind":"party","name":"Other","aliases":["The Fund"],"ids":{"cik":"901"}})");
    return lines;
}

// Lines that use the alias with other, fewer or the same ids, name parties by claims, unite them and take
// lines back; not all of them can be recorded.
std::vector<std::string> random_lines(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t count) { return random() % count; };
    const auto number = [&] { return std::to_string(below(2) == 0 ? below(many) : many + below(6)); };
    std::vector<std::string> lines = namesakes();
    for (int i = 0; i < 60; ++i) {
        const std::string key = R"(,"key":"k)" + std::to_string(i) + "\"";
        if (below(8) == 0) {
            const std::string of = below(2) == 0 ? "p" + number() : "k" + std::to_string(below(60));
            lines.push_back(R"({"kind":"retraction","reason":"wrong","of":")" + of + "\"" + key + "}");
        } else if (below(8) == 0) {
            lines.push_back(R"({"kind":"remark","text":"t","about":"Fund )" + number() + "\"" + key + "}");
        } else {
            std::string ids;
            if (below(3) != 0) ids += R"("cik":")" + number() + "\"";
            if (below(3) == 0) ids += std::string(ids.empty() ? "" : ",") + R"("lei":"L)" + number() + "\"";
            const std::string aliases = below(4) == 0 ? "" : "\"The Fund\"";
            lines.push_back(R"({"kind":"party","name":")" +
                            std::string(below(4) == 0 ? "The Fund" : "Fund " + number()) +
                            R"(","aliases":[)" + aliases + R"(],"ids":{)" + ids + "}" + key + "}");
        }
    }
    return lines;
}

// What the names and ids came to.
std::vector<std::string> parties_in(const std::filesystem::path& file) {
    Sql sql(file);
    auto rows = sql.rows("SELECT 'party', party, root, name FROM party ORDER BY party");
    for (const char* select : {"SELECT name, party, entry, by_claim FROM party_name ORDER BY 1, 2, 3",
                               "SELECT scheme, value, party, entry FROM party_identifier ORDER BY 1, 2, 3, 4",
                               "SELECT entry, party FROM party_union ORDER BY 1, 2"}) {
        const auto more = sql.rows(select);
        rows.insert(rows.end(), more.begin(), more.end());
    }
    return rows;
}

}  // namespace

TEST_CASE("a name that very many parties have means in one batch what it means line by line") {
    for (std::uint64_t seed = 1; seed <= (is_sanitized ? 1 : 4); ++seed) {
        CAPTURE(seed);
        const TempFolder folder;
        const auto lines = random_lines(seed);
        std::string text;
        for (const std::string& line : lines) text += line + "\n";
        std::vector<std::string> refused;
        {
            Ledger batch = Ledger::open(folder / "batch.db", options());
            for (const auto& refusal : apply_text(batch, text, "", true).refused)
                refused.push_back(refusal.what());
        }
        std::vector<std::string> refused_singly;
        for (const std::string& line : lines) {
            Ledger single = Ledger::open(folder / "single.db", options());  // has nothing in memory
            for (const auto& refusal : apply_text(single, line, "", true).refused)
                refused_singly.push_back(refusal.what());
        }
        CHECK(refused.size() > 5);
        CHECK(refused.size() == refused_singly.size());
        CHECK(parties_in(folder / "batch.db") == parties_in(folder / "single.db"));
        CHECK(Ledger::open(folder / "single.db", options(Access::read_only)).verify().ok);
    }
}
