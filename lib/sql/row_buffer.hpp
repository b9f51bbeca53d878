// RowBuffer: rows on their way into one table, written several in a statement. To open a table and its
// indexes for a statement costs about as much as to write a row.
//
// Rows wait until there are enough of them, or somebody asks the connection to write what waits: a commit
// does, and whoever reads such a table within the transaction has to. A roll-back drops them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/statement.hpp"

namespace postmoney::detail {

class Connection;

class RowBuffer {
  public:
    // `insert`: "INSERT OR FAIL INTO table (columns)", up to the values; without OR FAIL SQLite keeps a
    // journal of each statement by itself. The connection has to live longer.
    RowBuffer(Connection& connection, std::string insert, std::size_t columns);
    ~RowBuffer();
    RowBuffer(const RowBuffer&) = delete;
    RowBuffer& operator=(const RowBuffer&) = delete;

    // Adds a value to the last row, which is complete with its last column. Texts and blobs are copied.
    void add(std::int64_t value) { cells_.push_back({.type = Cell::Type::integer, .value = value}); }
    void add(std::string_view text) { add_bytes(Cell::Type::text, text); }
    void add(std::span<const std::uint8_t> blob) {
        add_bytes(Cell::Type::blob, {reinterpret_cast<const char*>(blob.data()), blob.size()});
    }
    void add(std::nullopt_t) { cells_.push_back({}); }
    template <class T>
    void add(const std::optional<T>& value) {
        if (value) {
            add(*value);
        } else {
            add(std::nullopt);
        }
    }
    // To call after a row's last value: writes the rows when they are enough.
    void end_row() {
        if (cells_.size() == columns_ * rows_at_once) write();
    }

    [[nodiscard]] bool empty() const noexcept { return cells_.empty(); }
    // Writes the rows that wait.
    void write();
    void forget() noexcept;

  private:
    static constexpr std::size_t rows_at_once = 16;

    struct Cell {
        enum class Type : std::uint8_t { null, integer, text, blob };
        Type type = Type::null;
        std::int64_t value = 0;  // of text and blobs: where they begin in bytes_
        std::size_t size = 0;
    };
    void add_bytes(Cell::Type type, std::string_view bytes) {
        cells_.push_back(
            {.type = type, .value = static_cast<std::int64_t>(bytes_.size()), .size = bytes.size()});
        bytes_.append(bytes);
    }
    [[nodiscard]] Statement& statement(std::unique_ptr<Statement>& prepared, std::size_t rows) const;
    void run(Statement& insert, std::span<const Cell> cells) const;

    Connection* connection_;
    std::string insert_;
    std::size_t columns_;
    std::unique_ptr<Statement> one_;
    std::unique_ptr<Statement> several_;
    std::vector<Cell> cells_;
    std::string bytes_;
};

}  // namespace postmoney::detail
