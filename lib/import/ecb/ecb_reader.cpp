#include "import/ecb/ecb_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "base/csv/csv_reader.hpp"
#include "base/csv/csv_text.hpp"
#include "base/xml/xml_document.hpp"
#include "postmoney/fact/entry.hpp"

namespace postmoney::detail {

namespace {

constexpr Currency euro = Currency::iso("EUR");

// `2024-12-02`, or `02 December 2024` as the CSV of one day has it. Null for anything else.
[[nodiscard]] std::optional<PartialDate> ecb_day(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
    const auto two_digits = [](std::string digits) { return digits.size() == 1 ? "0" + digits : digits; };
    std::string iso(text);
    const std::size_t first = text.find(' ');
    const std::size_t last = text.rfind(' ');
    if (first != last) {
        const auto* const month =
            std::find(months.begin(), months.end(), text.substr(first + 1, last - first - 1));
        if (month == months.end()) return std::nullopt;
        iso = std::string(text.substr(last + 1)) + "-" +
              two_digits(std::to_string(month - months.begin() + 1)) + "-" +
              two_digits(std::string(text.substr(0, first)));
    }
    try {
        const auto date = PartialDate::parse(iso);
        return date.precision() == DatePrecision::day ? std::optional(date) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

// Gathers what a file says, and refuses what it says twice.
class EcbFileBuilder {
  public:
    EcbFileBuilder(std::string_view file, const Currencies& currencies)
        : file_(file), currencies_(&currencies) {}

    // The currency of that code, which is what a rate can be quoted in. `field` names the place of the code.
    [[nodiscard]] Currency currency(std::string_view code, std::string_view field, std::uint64_t line) {
        try {
            const Currency found = currencies_->get(code);
            if (found == euro)
                throw Error::refused(ErrorCode::out_of_range, code, "a currency that a euro is quoted in");
            auto& known = result_.currencies;
            if (std::find(known.begin(), known.end(), found) == known.end()) known.push_back(found);
            return found;
        } catch (const Error& error) {
            throw Error(error.code(), error.message()).in_field(field).at(file_, line);
        }
    }

    // Begins a day; the rates that are added belong to it.
    void begin_day(std::string_view text, std::string_view field, std::uint64_t line) {
        const auto day = ecb_day(text);
        if (!day) {
            throw Error::refused(ErrorCode::bad_date, text, "a day, 2024-12-02 or 02 December 2024")
                .in_field(field)
                .at(file_, line);
        }
        const auto [first, is_new] = lines_.try_emplace(day->first_day(), line);
        if (!is_new) {
            throw Error::refused(ErrorCode::duplicate_field, text,
                                 "each day once, line " + std::to_string(first->second) + " has it too")
                .in_field(field)
                .at(file_, line);
        }
        result_.days.push_back({.day = *day, .line = line, .rates = {}});
    }

    void add_rate(const Currency& currency, std::string_view text, std::uint64_t line) {
        try {
            FxRate rate{.base = euro,
                        .quote = currency,
                        .on = result_.days.back().day,
                        .rate = Decimal::parse(text).normalized()};
            FxRate::fields(FormCheck(), rate);
            result_.days.back().rates.push_back({currency, std::move(rate.rate)});
        } catch (const Error& error) {
            throw Error(error.code(), error.message()).in_field(currency.code()).at(file_, line);
        }
    }

    [[nodiscard]] bool day_has(const Currency& currency) const {
        const auto& rates = result_.days.back().rates;
        return std::any_of(rates.begin(), rates.end(),
                           [&](const EcbRate& rate) { return rate.currency == currency; });
    }

    [[nodiscard]] EcbFile take() && {
        if (result_.days.empty())
            throw Error(ErrorCode::bad_text, "has no day, expected reference rates of at least one")
                .at(file_, 0);
        return std::move(result_);
    }

  private:
    std::string_view file_;
    const Currencies* currencies_;
    std::map<date::sys_days, std::uint64_t> lines_;  // by day the line that it began on
    EcbFile result_;
};

//--- CSV: a header `Date,USD,JPY,...` and a row a day; both may end in a comma

class EcbTable {
  public:
    EcbTable(std::string text, std::string_view file, const Currencies& currencies)
        : in_(std::move(text)), reader_(in_, file, ','), file_(file), builder_(file, currencies) {}

    [[nodiscard]] EcbFile read() && {
        CsvRow row;
        if (!reader_.next(row)) refuse("", "the header Date,USD,...", 1);
        read_header(row);
        while (reader_.next(row)) read_day(row);
        return std::move(builder_).take();
    }

  private:
    [[noreturn]] void refuse(std::string_view got, std::string_view expected, std::uint64_t line) const {
        throw Error::refused(ErrorCode::bad_text, got, expected).at(file_, line);
    }

    void read_header(CsvRow& header) {
        auto& cells = header.cells;
        if (cells.size() > 1 && trimmed(cells.back()).empty()) cells.pop_back();
        if (trimmed(cells.front()) != "Date" || cells.size() == 1)
            refuse(trimmed(cells.front()), "the header Date,USD,... of the ECB's reference rates",
                   header.number);
        for (std::size_t i = 1; i < cells.size(); ++i) {
            const std::string_view code = trimmed(cells[i]);
            const std::string column = "column " + std::to_string(i + 1);
            const Currency currency = builder_.currency(code, column, header.number);
            if (std::find(columns_.begin(), columns_.end(), currency) != columns_.end()) {
                throw Error::refused(ErrorCode::duplicate_field, code, "each currency in one column")
                    .in_field(column)
                    .at(file_, header.number);
            }
            columns_.push_back(currency);
        }
    }

    void read_day(const CsvRow& row) {
        const std::size_t expected = columns_.size() + 1;
        const bool ends_in_comma = row.cells.size() == expected + 1 && trimmed(row.cells.back()).empty();
        if (row.cells.size() != expected && !ends_in_comma) {
            throw Error(ErrorCode::missing_field, "got " + std::to_string(row.cells.size()) +
                                                      " cells, expected " + std::to_string(expected) +
                                                      " as in the header")
                .at(file_, row.number);
        }
        builder_.begin_day(trimmed(row.cells.front()), "Date", row.number);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::string_view cell = trimmed(row.cells[i + 1]);
            if (!says_nothing(cell)) builder_.add_rate(columns_[i], cell, row.number);
        }
    }

    std::istringstream in_;
    CsvReader reader_;
    std::string_view file_;
    EcbFileBuilder builder_;
    std::vector<Currency> columns_;  // behind the date
};

//--- XML: gesmes:Envelope / Cube / Cube time / Cube currency rate

class EcbXml {
  public:
    EcbXml(std::string text, std::string_view file, const Currencies& currencies)
        : document_(std::move(text), file, 1), file_(file), builder_(file, currencies) {}

    [[nodiscard]] EcbFile read() && {
        if (const auto line = document_.doctype_line())
            refuse("a DOCTYPE, expected none: the ECB's rates have no entities", *line);
        const XmlElement root = document_.root("gesmes:Envelope");
        if (!root)
            refuse("no element gesmes:Envelope, expected the ECB's reference rates", document_.first_line());
        bool found = false;
        for (XmlElement child = root.first_child(); child; child = child.next()) {
            if (child.name() == "gesmes:subject" || child.name() == "gesmes:Sender") continue;
            check_cube(child, 0);
            if (std::exchange(found, true)) refuse("a second element Cube", document_.line_of(child));
            for (XmlElement day = child.first_child(); day; day = day.next()) read_day(day);
        }
        return std::move(builder_).take();
    }

  private:
    [[noreturn]] void refuse(std::string_view what, std::uint64_t line) const {
        throw Error(ErrorCode::bad_xml, std::string(what)).at(file_, line);
    }

    // An attribute that is not known could change what a rate means.
    void check_cube(XmlElement element, std::size_t attributes) {
        if (element.name() == "Cube" && element.attribute_count() == attributes) return;
        throw Error::refused(ErrorCode::bad_xml, element.name(),
                             "Cube, Cube time=\"...\" or Cube currency=\"...\" rate=\"...\" at its level")
            .at(file_, document_.line_of(element));
    }

    void read_day(XmlElement element) {
        check_cube(element, 1);
        builder_.begin_day(element.attribute("time"), "time", document_.line_of(element));
        for (XmlElement rate = element.first_child(); rate; rate = rate.next()) read_rate(rate);
    }

    void read_rate(XmlElement element) {
        check_cube(element, 2);
        const std::uint64_t line = document_.line_of(element);
        if (element.first_child()) refuse("an element within a rate, expected none", line);
        const std::string_view code = element.attribute("currency");
        const Currency currency = builder_.currency(code, "currency", line);
        if (builder_.day_has(currency)) {
            throw Error::refused(ErrorCode::duplicate_field, code, "each currency once a day")
                .in_field("currency")
                .at(file_, line);
        }
        builder_.add_rate(currency, element.attribute("rate"), line);
    }

    XmlDocument document_;
    std::string_view file_;
    EcbFileBuilder builder_;
};

}  // namespace

EcbFile read_ecb_file(std::string text, std::string_view file, const Currencies& currencies) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::string_view start = text;
    if (start.starts_with(byte_order_mark)) start.remove_prefix(byte_order_mark.size());
    if (trimmed(start.substr(0, 512)).starts_with('<'))
        return EcbXml(std::move(text), file, currencies).read();
    return EcbTable(std::move(text), file, currencies).read();
}

}  // namespace postmoney::detail
