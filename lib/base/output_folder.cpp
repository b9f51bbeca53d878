#include "base/output_folder.hpp"

#include <system_error>
#include <utility>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

OutputFolder::OutputFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
    if (!folder_.has_filename()) folder_ = folder_.parent_path();
    unfinished_ = folder_;
    unfinished_ += ".unfinished";
    std::error_code error;
    if (folder_.has_parent_path() && !std::filesystem::is_directory(folder_.parent_path(), error))
        throw Error(ErrorCode::no_such_folder, "there is no such folder")
            .at(folder_.parent_path().string(), 0);
    for (const auto& path : {folder_, unfinished_}) {
        if (std::filesystem::symlink_status(path, error).type() != std::filesystem::file_type::not_found)
            throw Error(ErrorCode::file_exists, "is there already: an export writes a new folder")
                .at(path.string(), 0);
    }
    if (!std::filesystem::create_directory(unfinished_, error) || error)
        throw Error(ErrorCode::io, "the folder cannot be made").at(unfinished_.string(), 0);
}

OutputFolder::~OutputFolder() {
    std::error_code ignored;
    if (!finished_) std::filesystem::remove_all(unfinished_, ignored);
}

void OutputFolder::finish() {
    std::error_code error;
    std::filesystem::rename(unfinished_, folder_, error);
    if (error) throw Error(ErrorCode::io, "the folder cannot be renamed").at(unfinished_.string(), 0);
    finished_ = true;
}

OutputFile::OutputFile(std::filesystem::path path)
    : path_(std::move(path)), out_(path_, std::ios::binary | std::ios::trunc) {
    if (!out_) refuse();
    block_.reserve(block_size);
}

void OutputFile::flush() {
    out_.write(block_.data(), static_cast<std::streamsize>(block_.size()));
    if (!out_) refuse();
    block_.clear();
}

void OutputFile::close() {
    flush();
    out_.close();
    if (!out_) refuse();
}

void OutputFile::refuse() const {
    throw Error(ErrorCode::io, "cannot be written").at(path_.string(), 0);
}

}  // namespace postmoney::detail
