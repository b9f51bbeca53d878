// RawConnection: a ledger read by hand with SQLite's C interface, with a page cache as large as the
// library's.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>

namespace benchmark_suite {

class RawConnection {
  public:
    explicit RawConnection(const std::filesystem::path& path) {
        if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
            throw std::runtime_error("cannot open " + path.string());
        sqlite3_exec(handle_, "PRAGMA cache_size = -65536", nullptr, nullptr, nullptr);
    }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    ~RawConnection() { sqlite3_close(handle_); }

    // Prepares the statement once, runs it for each text, and visits every row.
    template <class Visit>
    void rows(const std::string& sql, std::span<const std::string> texts, const Visit& visit) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
            SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
        for (const std::string& text : texts) {
            sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
            while (sqlite3_step(statement) == SQLITE_ROW) visit(statement);
            sqlite3_reset(statement);
        }
        sqlite3_finalize(statement);
    }

    // Takes every column as an integer.
    void rows(const std::string& sql, std::span<const std::string> texts) {
        rows(sql, texts, [this](sqlite3_stmt* row) {
            for (int i = 0; i < sqlite3_column_count(row); ++i) sink_ += sqlite3_column_int64(row, i);
        });
    }

    // The same for a statement without a parameter.
    void rows(const std::string& sql) {
        const std::string once;
        rows(sql, {&once, 1});
    }

  private:
    sqlite3* handle_ = nullptr;
    std::int64_t sink_ = 0;
};

}  // namespace benchmark_suite
