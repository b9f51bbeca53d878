// ContentWriter: gives an entry's content to its kind's table, a column for each field that is no reference.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "postmoney/fact/entry.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class ContentWriter {
  public:
    explicit ContentWriter(Connection& connection) : connection_(&connection) {}

    // `body` is the entry's, as canonical JSON. `first_source_entry` is what a source's `first_entry` is to
    // be; other kinds pass it over.
    // The row waits: see RowBuffer.
    void add(std::int64_t entry, const EntryContent& content, std::string_view body,
             std::int64_t first_source_entry);

  private:
    [[nodiscard]] RowBuffer& rows(const EntryContent& content);

    Connection* connection_;
    std::array<std::unique_ptr<RowBuffer>, std::variant_size_v<EntryContent::variant>> rows_;
};

}  // namespace postmoney::detail
