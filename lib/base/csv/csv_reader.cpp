#include "base/csv/csv_reader.hpp"

#include <csv.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <new>
#include <utility>

#include "base/csv/csv_text.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

// A lone surrogate becomes bytes that are no UTF-8, which whoever decodes the cell refuses.
void append_utf8(std::string& text, std::uint32_t point) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0U | point >> 6U);
        put(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        put(0xE0U | point >> 12U);
        put(0x80U | (point >> 6U & 0x3FU));
        put(0x80U | (point & 0x3FU));
    } else {
        put(0xF0U | point >> 18U);
        put(0x80U | (point >> 12U & 0x3FU));
        put(0x80U | (point >> 6U & 0x3FU));
        put(0x80U | (point & 0x3FU));
    }
}

}  // namespace

// libcsv calls back for each field and each end of a row. No exception may pass through its C frames, so
// `failure` keeps it.
struct CsvReader::Parser {
    csv_parser csv{};
    std::deque<CsvRow> rows;
    CsvRow current{.number = 1, .cells = {}};
    bool after_return = false;
    std::exception_ptr failure;

    explicit Parser(char delimiter) {
        // libcsv reports every line end, so that empty lines count, and takes what strays from RFC 4180 for
        // an error.
        constexpr unsigned char options = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL;
        if (csv_init(&csv, options) != 0) throw std::bad_alloc();
        csv_set_delim(&csv, static_cast<unsigned char>(delimiter));
        csv_set_blk_size(&csv,
                         std::size_t{1} << 16U);  // the step by which a long cell grows: 128 bytes by default
    }
    ~Parser() { csv_free(&csv); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    void on_field(const void* text, std::size_t size) noexcept {
        try {
            current.cells.emplace_back(static_cast<const char*>(text), size);
            after_return = false;
        } catch (...) {
            failure = std::current_exception();
        }
    }
    void on_row(int end) noexcept {
        const bool line_feed_of_pair = end == '\n' && after_return;
        after_return = end == '\r';
        if (line_feed_of_pair) return;
        try {
            const std::uint64_t next = current.number + 1;
            rows.push_back(std::exchange(current, CsvRow{.number = next, .cells = {}}));
        } catch (...) {
            failure = std::current_exception();
        }
    }

    static void field(void* text, std::size_t size, void* self) {
        static_cast<Parser*>(self)->on_field(text, size);
    }
    static void row(int end, void* self) { static_cast<Parser*>(self)->on_row(end); }
};

CsvReader::CsvReader(std::istream& in, std::string_view name, char delimiter)
    : in_(&in), name_(name), parser_(std::make_unique<Parser>(delimiter)) {}

CsvReader::~CsvReader() = default;

bool CsvReader::next(CsvRow& row) {
    for (;;) {
        while (parser_->rows.empty()) {
            if (ended_) return false;
            read_block();
        }
        row = std::move(parser_->rows.front());
        parser_->rows.pop_front();
        if (std::any_of(row.cells.begin(), row.cells.end(),
                        [](const auto& cell) { return !trimmed(cell).empty(); })) {
            return true;
        }
    }
}

void CsvReader::begin(std::string& block) {
    constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
    constexpr std::string_view little_mark = "\xFF\xFE";
    constexpr std::string_view big_mark = "\xFE\xFF";
    const auto is = [&](std::string_view mark, ByteOrder order) {
        if (!block.starts_with(mark)) return;
        block.erase(0, mark.size());
        mark_ = order;
    };
    if (block.starts_with("PK\x03\x04") || block.starts_with("\xD0\xCF\x11\xE0")) {
        throw Error(ErrorCode::bad_text,
                    "is a workbook (.xlsx, .ods or .xls), expected CSV: `libreoffice --convert-to csv` "
                    "writes its first "
                    "sheet as one; what it has computed keeps 15 digits")
            .at(name_, 0);
    }
    if (block.size() >= 4 && (block[0] == '\0') != (block[1] == '\0') &&
        (block[0] == '\0') == (block[2] == '\0') && (block[1] == '\0') == (block[3] == '\0')) {
        throw Error(ErrorCode::bad_text,
                    "seems to be UTF-16 without a byte-order mark, expected UTF-8, or UTF-16 with one")
            .at(name_, 0);
    }
    is(utf8_mark, ByteOrder::utf8);
    is(little_mark, ByteOrder::little);
    is(big_mark, ByteOrder::big);
}

std::string CsvReader::utf8_of(std::string_view block) {
    rest_ += block;
    std::string text;
    std::size_t at = 0;
    const auto unit = [&](std::size_t place) {
        const auto byte = [&](std::size_t i) {
            return static_cast<std::uint32_t>(static_cast<unsigned char>(rest_[i]));
        };
        return mark_ == ByteOrder::little ? byte(place) | byte(place + 1) << 8U
                                          : byte(place) << 8U | byte(place + 1);
    };
    while (at + 1 < rest_.size()) {
        std::uint32_t point = unit(at);
        std::size_t size = 2;
        if (point >= 0xD800 && point < 0xDC00) {
            if (at + 3 >= rest_.size()) break;
            const std::uint32_t low = unit(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
                size = 4;
            }
        }
        append_utf8(text, point);
        at += size;
    }
    rest_.erase(0, at);
    if (ended_ && !rest_.empty()) {
        throw Error(ErrorCode::bad_text, "is UTF-16 that ends within a character")
            .at(name_, parser_->current.number);
    }
    return text;
}

void CsvReader::read_block() {
    constexpr std::size_t block_size = std::size_t{1} << 16U;
    std::string block(block_size, '\0');
    in_->read(block.data(), static_cast<std::streamsize>(block_size));
    block.resize(static_cast<std::size_t>(in_->gcount()));
    if (in_->bad()) throw Error(ErrorCode::io, "the file cannot be read to its end").at(name_, 0);
    bytes_read_ += block.size();
    if (!started_) begin(block);
    started_ = true;
    ended_ = !*in_;
    if (mark_ == ByteOrder::little || mark_ == ByteOrder::big) block = utf8_of(block);
    Parser& parser = *parser_;
    bool good = csv_parse(&parser.csv, block.data(), block.size(), &Parser::field, &Parser::row, &parser) ==
                block.size();
    if (good && ended_) good = csv_fini(&parser.csv, &Parser::field, &Parser::row, &parser) == 0;
    if (parser.failure) std::rethrow_exception(parser.failure);
    unfinished_ = parser.rows.empty() ? unfinished_ + block.size() : 0;
    if (unfinished_ > max_row) {
        throw Error(ErrorCode::bad_text, "a row is longer than " + std::to_string(max_row >> 20U) +
                                             " MiB; perhaps a quote is not closed")
            .at(name_, parser.current.number);
    }
    if (good) return;
    if (csv_error(&parser.csv) != CSV_EPARSE) throw std::bad_alloc();
    throw Error(ErrorCode::bad_text,
                "is no CSV (RFC 4180): a quote within a cell that is not quoted, or one that is not closed; "
                "a quote in a "
                "quoted cell is doubled")
        .at(name_, parser.current.number);
}

}  // namespace postmoney::detail
