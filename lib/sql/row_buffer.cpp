#include "sql/row_buffer.hpp"

#include <utility>

#include "sql/connection.hpp"

namespace postmoney::detail {

RowBuffer::RowBuffer(Connection& connection, std::string insert, std::size_t columns)
    : connection_(&connection), insert_(std::move(insert)), columns_(columns) {
    connection.add_buffer(*this);
}

RowBuffer::~RowBuffer() {
    connection_->remove_buffer(*this);
}

Statement& RowBuffer::statement(std::unique_ptr<Statement>& prepared, std::size_t rows) const {
    if (!prepared) {
        std::string row = "(?";
        for (std::size_t i = 1; i < columns_; ++i) row += ", ?";
        row += ")";
        std::string sql = insert_ + " VALUES " + row;
        for (std::size_t i = 1; i < rows; ++i) sql += ", " + row;
        prepared = std::make_unique<Statement>(connection_->handle(), sql);
    }
    return *prepared;
}

void RowBuffer::run(Statement& insert, std::span<const Cell> cells) const {
    insert.reset();
    int index = 0;
    for (const Cell& cell : cells) {
        const char* const bytes = bytes_.data() + (cell.type < Cell::Type::text ? 0 : cell.value);
        switch (cell.type) {
            case Cell::Type::null:
                insert.bind_at(++index, std::nullopt);
                break;
            case Cell::Type::integer:
                insert.bind_at(++index, cell.value);
                break;
            case Cell::Type::text:
                insert.bind_at(++index, std::string_view(bytes, cell.size));
                break;
            case Cell::Type::blob:
                insert.bind_at(++index, std::span(reinterpret_cast<const std::uint8_t*>(bytes), cell.size));
                break;
        }
    }
    insert.run();
}

void RowBuffer::write() {
    if (cells_.empty()) return;
    const std::span<const Cell> cells(cells_);
    if (cells.size() == columns_ * rows_at_once) {
        run(statement(several_, rows_at_once), cells);
    } else {
        Statement& insert = statement(one_, 1);
        for (std::size_t at = 0; at < cells.size(); at += columns_) run(insert, cells.subspan(at, columns_));
    }
    forget();
}

void RowBuffer::forget() noexcept {
    cells_.clear();
    bytes_.clear();
}

}  // namespace postmoney::detail
