// OutputFolder, OutputFile: what an export writes, which has its name only once all of it is there.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace postmoney::detail {

class OutputFolder {
  public:
    // Makes FOLDER.unfinished. Throws file-exists when there is something of either name, no-such-folder, io.
    explicit OutputFolder(std::filesystem::path folder);
    // Removes what is not finished.
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    // Where a file of the folder is written.
    [[nodiscard]] std::filesystem::path file(std::string_view name) const { return unfinished_ / name; }
    // Gives the folder its name.
    void finish();

  private:
    std::filesystem::path folder_;
    std::filesystem::path unfinished_;
    bool finished_ = false;
};

class OutputFile {
  public:
    // Throws io when the file cannot be made.
    explicit OutputFile(std::filesystem::path path);

    // Appends the text, which a block holds until it is full.
    void write(std::string_view text) {
        block_ += text;
        if (block_.size() >= block_size) flush();
    }
    // Throws io when not all of it is written.
    void close();

  private:
    static constexpr std::size_t block_size = std::size_t{1} << 18U;
    void flush();
    [[noreturn]] void refuse() const;

    std::filesystem::path path_;
    std::ofstream out_;
    std::string block_;
};

}  // namespace postmoney::detail
