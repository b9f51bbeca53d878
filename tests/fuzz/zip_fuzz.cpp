// Archives. Their members are counted and passed on; nothing is written to disk, and no path is followed.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/documents.hpp"
#include "fuzz_input.hpp"

using namespace postmoney;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("postmoney-fuzz-" + std::to_string(::getpid()) + ".zip");
    {
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    }
    const detail::DocumentHandlers handlers{[&](detail::Document& document) {
                                                fuzz::expect(document.name.starts_with(path.string()),
                                                             "a document is named after its file");
                                            },
                                            [](const Error&) {}};
    fuzz::accepted([&] { detail::read_documents(path, handlers); });
    std::filesystem::remove(path);
    return 0;
}
