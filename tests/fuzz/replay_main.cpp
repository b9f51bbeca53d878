// Replays a corpus without libFuzzer: each file as it is, and then mutated. The same seed mutates it the same
// way.
//   NAME_replay [--seed N] [--mutations N] CORPUS
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz_input.hpp"

namespace {

std::size_t below(std::mt19937_64& random, std::size_t bound) {
    return static_cast<std::size_t>(random() % bound);
}

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// A copy with bytes changed, left out, repeated, or put in from another file of the corpus.
std::string mutated(std::string text, const std::vector<std::string>& corpus, std::mt19937_64& random) {
    static constexpr std::array letters =
        std::to_array("\0\xFF\x80\xE2\"'{}[]<>,:;.-+ \t\r\n0123456789eE\\/&%");
    constexpr std::string_view telling(letters.data(), letters.size() - 1);
    for (std::size_t i = 0; i <= below(random, 4); ++i) {
        const std::size_t at = below(random, text.size() + 1);
        const std::size_t count = std::min(1 + below(random, 16), text.size() - at);
        switch (below(random, 5)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(random() & 0xFFU);
                break;
            case 1:
                text.insert(at, 1, telling[below(random, telling.size())]);
                break;
            case 2:
                text.erase(at, count);
                break;
            case 3:
                text.insert(at, text.substr(at, count));
                break;
            default: {
                const std::string& other = corpus[below(random, corpus.size())];
                text.insert(at, other.substr(below(random, other.size() + 1), 1 + below(random, 64)));
            }
        }
    }
    return text;
}

std::vector<std::string> read_corpus(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> corpus;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return corpus;
}

std::uint64_t number_of(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

int main(int argc, char** argv) try {
    std::uint64_t seed = 20241223;
    std::uint64_t mutations = 300;
    std::string folder;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--seed" && i + 1 < argc) {
            seed = number_of(argv[++i]);
        } else if (word == "--mutations" && i + 1 < argc) {
            mutations = number_of(argv[++i]);
        } else {
            folder = word;
        }
    }
    const std::vector<std::string> corpus = read_corpus(folder);
    if (corpus.empty()) {
        std::cerr << folder << ": no corpus\n";
        return 2;
    }
    std::mt19937_64 random(seed);
    std::cout << "seed " << seed << std::endl;
    std::uint64_t inputs = 0;
    for (const std::string& input : corpus) {
        run(input);
        for (std::uint64_t i = 0; i < mutations; ++i) run(mutated(input, corpus, random));
        inputs += mutations + 1;
    }
    const std::filesystem::path path(folder);
    std::cout << path.filename().string() << ": " << inputs << " inputs from " << corpus.size()
              << " files of the corpus: all held (seed " << seed << ")" << std::endl;
    return 0;
} catch (const std::exception& error) {
    std::cerr << "an exception that is no refusal: " << error.what() << '\n';
    return 1;
}
