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

void CsvReader::read_block() {
    constexpr std::size_t block_size = std::size_t{1} << 16U;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::string block(block_size, '\0');
    in_->read(block.data(), static_cast<std::streamsize>(block_size));
    block.resize(static_cast<std::size_t>(in_->gcount()));
    if (in_->bad()) throw Error(ErrorCode::io, "the file cannot be read to its end").at(name_, 0);
    if (!started_ && block.starts_with(byte_order_mark)) block.erase(0, byte_order_mark.size());
    started_ = true;
    ended_ = !*in_;
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
