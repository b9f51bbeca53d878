// The parts that tests of imports share: paths, texts with a part replaced, zip archives.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace store_test {

using Paths = std::vector<std::filesystem::path>;

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not found: " + std::string(from));
    return text.replace(at, from.size(), to);
}

using Members = std::vector<std::pair<std::string, std::string>>;  // names and contents

inline void write_zip(const std::filesystem::path& path, const Members& members, bool encrypted = false) {
    const std::unique_ptr<archive, decltype(&archive_write_free)> out(archive_write_new(),
                                                                      &archive_write_free);
    archive_write_set_format_zip(out.get());
    if (encrypted) {
        archive_write_set_options(out.get(), "zip:encryption=traditional");
        archive_write_set_passphrase(out.get(), "secret");
    }
    if (archive_write_open_filename(out.get(), path.c_str()) != ARCHIVE_OK)
        throw std::runtime_error("no zip");
    for (const auto& [name, contents] : members) {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                                  &archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(contents.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        if (archive_write_header(out.get(), entry.get()) != ARCHIVE_OK)
            throw std::runtime_error("no zip member");
        archive_write_data(out.get(), contents.data(), contents.size());
    }
    if (archive_write_close(out.get()) != ARCHIVE_OK) throw std::runtime_error("zip not closed");
}

}  // namespace store_test
