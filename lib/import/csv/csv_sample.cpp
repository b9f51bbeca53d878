// The beginning of a table: its delimiter, its encoding, its first rows.
#include <istream>
#include <optional>
#include <sstream>
#include <utility>

#include "base/csv/csv_reader.hpp"
#include "import/csv/csv_encoding.hpp"
#include "postmoney/import/csv_map.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney {

namespace {

struct ReadSample {
    CsvSample sample;
    bool is_utf8 = false;
};

// Reads the text with one delimiter. The text may end in the middle of a row.
[[nodiscard]] ReadSample sample_of(const std::string& text, std::string_view name, char delimiter,
                                   std::size_t rows, bool whole) {
    CsvSample sample{.header = {}, .rows = {}, .delimiter = delimiter, .encoding = CsvEncoding::utf8};
    std::istringstream in(text);
    detail::CsvReader reader(in, name, delimiter);
    detail::CsvRow row;
    try {
        while (sample.rows.size() < rows && reader.next(row)) {
            (sample.header.empty() ? sample.header : sample.rows.emplace_back()) = row.cells;
        }
    } catch (const Error&) {
        if (whole || sample.header.empty()) throw;
    }
    return {std::move(sample), reader.has_byte_order_mark()};
}

void decode_cells(CsvSample& sample, bool is_utf8) {
    const auto all = [&](CsvEncoding encoding) {
        CsvSample decoded = sample;
        for (std::string& cell : decoded.header) cell = detail::decode(cell, encoding);
        for (auto& row : decoded.rows) {
            for (std::string& cell : row) cell = detail::decode(cell, encoding);
        }
        decoded.encoding = encoding;
        sample = std::move(decoded);
    };
    try {
        all(CsvEncoding::utf8);
    } catch (const Error&) {
        if (is_utf8) throw;
        all(CsvEncoding::windows1252);
    }
}

}  // namespace

CsvSample read_csv_sample(std::istream& csv, std::string_view name, std::size_t rows) {
    constexpr std::size_t limit = std::size_t{1} << 20U;
    std::string text(limit, '\0');
    csv.read(text.data(), static_cast<std::streamsize>(limit));
    text.resize(static_cast<std::size_t>(csv.gcount()));
    const bool whole = text.size() < limit;
    ReadSample best;
    std::optional<Error> failure;  // of the first delimiter: under a wrong one, quoted cells are not CSV
    for (const char delimiter : {',', ';', '\t'}) {
        try {
            ReadSample other = sample_of(text, name, delimiter, rows, whole);
            if (other.sample.header.size() > best.sample.header.size()) best = std::move(other);
        } catch (const Error& error) {
            if (!failure) failure = error;
        }
    }
    if (best.sample.header.empty() && failure) throw Error(*failure);
    if (best.sample.header.empty())
        throw Error(ErrorCode::missing_field, "is empty, expected a header and rows").at(name, 0);
    try {
        decode_cells(best.sample, best.is_utf8);
    } catch (const Error& error) {
        throw error.at(name, 0);
    }
    return std::move(best.sample);
}

}  // namespace postmoney
