#include "sql/file_copy.hpp"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <memory>
#include <string_view>
#include <system_error>

#include "sql/busy_timeout.hpp"
#include "sql/ledger_path.hpp"
#include "sql/statement.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] std::filesystem::path with_suffix(std::filesystem::path path, std::string_view suffix) {
    path += suffix;
    return path;
}

// What SQLite keeps beside a database. Left by one file, it would be taken for part of another of that name.
constexpr std::array<std::string_view, 3> companions{"-journal", "-wal", "-shm"};

void check_free(const std::filesystem::path& path, bool replace) {
    std::error_code ignored;
    if (path.empty()) throw Error(ErrorCode::no_such_file, "the path is empty; name a file");
    if (std::filesystem::is_directory(path, ignored)) {
        refuse_path(ErrorCode::file_exists, path, "is a folder; name a new file");
    }
    check_new_file(path);
    if (replace) return;
    if (std::filesystem::exists(path, ignored)) {
        refuse_path(ErrorCode::file_exists, path, "is there already; name a new file");
    }
    for (const std::string_view suffix : companions) {
        const auto companion = with_suffix(path, suffix);
        if (!std::filesystem::exists(companion, ignored)) continue;
        refuse_path(ErrorCode::file_exists, path,
                    companion.filename().string() +
                        " is there, left by another file of that name; remove it or name a new file");
    }
}

// A file or a folder; a rename is on disk only once its folder is.
void sync(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) refuse_path(ErrorCode::io, path, "cannot be synced to disk");
}

void copy_pages(SQLite::Database& from, const std::filesystem::path& path) {
    SQLite::Database copy(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    copy.exec("PRAGMA synchronous = EXTRA");
    const int result = SQLite::Backup(copy, from).executeStep(-1);
    if (result != SQLITE_DONE) throw_sqlite(nullptr, result, "copying the ledger");
    copy.exec("PRAGMA journal_mode = DELETE");  // one file, whatever the original's mode
}

void check_copy(const std::filesystem::path& copy, const std::filesystem::path& original,
                const CopyCheck& problem_of) {
    std::string problem;
    try {
        problem = problem_of(copy);
    } catch (const Error& error) {
        problem = error.message();
    }
    if (!problem.empty()) {
        refuse_path(ErrorCode::damaged, original, "fails verify, nothing is copied: " + problem);
    }
}

// Keeps others out of the ledger that is about to be replaced. What is no database, or damaged, needs no
// keeping.
class Occupation {
  public:
    Occupation(const std::filesystem::path& path, std::chrono::milliseconds busy_timeout) {
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) return;
        try {
            database_ = std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE,
                                                           busy_milliseconds(busy_timeout));
            database_->exec("BEGIN EXCLUSIVE");
        } catch (const SQLite::Exception& exception) {
            database_.reset();
            if (exception.getErrorCode() == SQLITE_BUSY || exception.getErrorCode() == SQLITE_LOCKED) {
                refuse_path(ErrorCode::busy, path, std::string(busy_advice));
            }
        }
    }

  private:
    std::unique_ptr<SQLite::Database> database_;
};

void rename_to_new(const std::filesystem::path& from, const std::filesystem::path& to) {
#ifdef RENAME_NOREPLACE
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EEXIST) refuse_path(ErrorCode::file_exists, to, "is there already; name a new file");
#endif
    std::filesystem::rename(from, to);  // a file system without that flag
}

void put_in_place(const std::filesystem::path& from, const std::filesystem::path& to,
                  const CopyOptions& options) {
    if (!options.replace) return rename_to_new(from, to);
    const Occupation occupation(to, options.busy_timeout);
    std::error_code ignored;
    for (const std::string_view suffix : companions) {
        std::filesystem::remove(with_suffix(to, suffix), ignored);
    }
    std::filesystem::rename(from, to);
}

}  // namespace

std::string page_problem(const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    std::string problem = database.execAndGet("PRAGMA integrity_check(1)").getString();
    return problem == "ok" ? std::string() : problem;
}

void copy_file(SQLite::Database& from, const std::filesystem::path& original,
               const std::filesystem::path& path, const CopyCheck& problem_of, const CopyOptions& options) {
    check_free(path, options.replace);
    const auto unfinished = with_suffix(path, ".unfinished");
    std::error_code ignored;
    const auto remove_unfinished = [&] {
        std::filesystem::remove(unfinished, ignored);
        for (const std::string_view suffix : companions) {
            std::filesystem::remove(with_suffix(unfinished, suffix), ignored);
        }
    };
    remove_unfinished();  // of an earlier attempt
    try {
        static_cast<void>(busy_milliseconds(options.busy_timeout));
        copy_pages(from, unfinished);
        check_copy(unfinished, original, problem_of);
        sync(unfinished, O_RDWR);
        put_in_place(unfinished, path, options);
        sync(folder_of(path), O_RDONLY | O_DIRECTORY);
    } catch (const Error& error) {
        remove_unfinished();
        throw error.at(path.string(), 0);
    } catch (const std::exception& exception) {  // of SQLiteCpp and of the file system
        remove_unfinished();
        refuse_path(ErrorCode::io, path, std::string("cannot be written: ") + exception.what());
    } catch (...) {  // what the caller's check lets out
        remove_unfinished();
        throw;
    }
}

}  // namespace postmoney::detail
