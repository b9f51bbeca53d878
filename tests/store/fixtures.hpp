// The parts that tests of the store share: temporary folders, ledgers with a clock of their own, errors as
// text, raw SQL.
#pragma once

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/postmoney.hpp"

namespace store_test {

using namespace postmoney;
using Access = Ledger::Access;

// An empty folder that is removed with everything in it.
class TempFolder {
  public:
    TempFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "postmoney-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder: " + name);
        path_ = name;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline Timestamp at(std::string_view time) {
    return Timestamp::parse(time);
}

// The clock stands still, at noon of 2025-01-01 unless told otherwise.
inline Ledger::Options options(Access access = Access::create,
                               std::string_view now = "2025-01-01T12:00:00Z") {
    Ledger::Options result;
    result.access = access;
    result.busy_timeout = std::chrono::milliseconds(0);
    result.clock = [time = at(now)] { return time; };
    return result;
}

inline Ledger in_memory(std::string_view now = "2025-01-01T12:00:00Z") {
    return Ledger::in_memory(options(Access::create, now));
}

// Applies the lines of `text` as the file "f".
inline ApplyReport apply_text(Ledger& ledger, std::string_view text, std::string_view recorded = "",
                              bool keep_going = false) {
    std::istringstream in{std::string(text)};
    ApplyOptions apply_options;
    apply_options.keep_going = keep_going;
    if (!recorded.empty()) apply_options.recorded = at(recorded);
    return ledger.apply(in, "f", apply_options);
}

// The whole message of the Error that the call throws; "no error" when it does not.
template <class Call>
std::string error_of(const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

inline std::string refusal_of(Ledger& ledger, std::string_view line, std::string_view recorded = "") {
    return error_of([&] { apply_text(ledger, line, recorded); });
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_file(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline std::string exported(const Ledger& ledger) {
    std::ostringstream out;
    ledger.export_facts(out);
    return out.str();
}

inline std::string open_error(const std::filesystem::path& path, Access access) {
    return error_of([&] { static_cast<void>(Ledger::open(path, options(access))); });
}

// "6134680000.00 USD over 2, 0 undisclosed", one a currency.
inline std::string text_of(const std::vector<Total>& totals) {
    std::string text;
    for (const Total& total : totals) {
        if (!text.empty()) text += "; ";
        text += (total.known ? total.known->to_string() : "0") + " over " + std::to_string(total.rounds) +
                ", " + std::to_string(total.undisclosed) + " undisclosed";
    }
    return text.empty() ? "nothing" : text;
}

// The known total as text; "nothing" when no round counts.
inline std::string total_of(const Ledger& ledger, std::string_view company, std::string_view as_of = "",
                            std::string_view known_at = "") {
    TotalQuery query;
    if (!as_of.empty()) query.viewpoint.as_of = PartialDate::parse(as_of);
    if (!known_at.empty()) query.viewpoint.known_at = at(known_at);
    return text_of(ledger.total_raised(company, query));
}

// Facts that put at least one row into every table.
constexpr std::string_view every_table =
    R"({"kind":"source","id":"s","type":"press","publisher":"P","title":"T","url":"https://example.org","published":"2024-01","language":"en","accession":"A","recorded":"2024-01-01T00:00:00Z"}
{"kind":"currency","code":"USDC","decimals":6,"name":"USD Coin","recorded":"2024-01-01T00:00:00Z"}
{"kind":"party","name":"Acme","type":"company","aliases":["Acme, Inc."],"ids":{"cik":"1"},"country":"US","founded":"2020","market":"anvils","attributes":{"a":"b"},"recorded":"2024-01-01T00:00:00Z"}
{"kind":"round","key":"r","round":"seed","company":"Acme","name":"Seed","stage":"seed","status":"closed","instrument":"equity","announced":"2023","closed":"2023-05","first_sale":"2023-04-01","filed":"2023-04-15","raised":"2 million USD","offered":"3 million USD","remaining":"1 million USD","includes_conversions":"1 million USD","minimum_investment":"1000 USD","commissions":"1 USD","finders_fees":"2 USD","proceeds_to_insiders":"3 USD","investors":2,"non_accredited_investors":1,"fund_type":"Venture","business_combination":false,"use_of_proceeds":"anvils","signed":"2023-04-14","attributes":{"c":"d"},"on":"2023","source":"s","note":"n","as_written":"w","recorded":"2024-01-01T00:00:00Z"}
{"kind":"round","round":"old","company":"Acme","raised":"9 million USD","amends":"seed-zero","recorded":"2024-01-01T00:00:00Z"}
{"kind":"closing","round":"seed","on":"2023-05-01","amount":"2 million USD","name":"first","recorded":"2024-01-02T00:00:00Z"}
{"kind":"participation","round":"seed","investor":"Fund I","amount":"1 million USD","lead":true,"recorded":"2024-01-02T00:00:00Z"}
{"kind":"participation","round":"seed","investor":"Fund One","recorded":"2024-01-02T00:00:00Z"}
{"kind":"party","name":"Fund I","aliases":["Fund One"],"recorded":"2024-01-03T00:00:00Z"}
{"kind":"valuation","company":"Acme","round":"seed","amount":"8 million USD","basis":"pre-money","on":"2023-05-01","recorded":"2024-01-03T00:00:00Z"}
{"kind":"stated_total","company":"Acme","amount":"2 million USD","on":"2023-06","recorded":"2024-01-03T00:00:00Z"}
{"kind":"metric","company":"Acme","name":"revenue","value":"1 million USD","per":"year","on":"2023","recorded":"2024-01-03T00:00:00Z"}
{"kind":"metric","company":"Acme","name":"users","value":"1.5 thousand","unit":"people","on":"2023","target":true,"recorded":"2024-01-03T00:00:00Z"}
{"kind":"market_total","market":"anvils","period":"2023-Q2","amount":"1 billion USD","recorded":"2024-01-03T00:00:00Z"}
{"kind":"relation","from":"Acme","to":"Rival","type":"competitor","recorded":"2024-01-03T00:00:00Z"}
{"kind":"remark","about":"Acme","text":"loud","recorded":"2024-01-03T00:00:00Z"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2023-05-01","rate":"1.0985","recorded":"2024-01-03T00:00:00Z"}
{"kind":"round","key":"r2","round":"seed","raised":"4 million USD","supersedes":"r","recorded":"2024-01-04T00:00:00Z"}
{"kind":"retraction","key":"t","of":"r2","reason":"wrong","recorded":"2024-01-05T00:00:00Z"}
{"kind":"retraction","of":"r2","reason":"wrong, in better words","supersedes":"t","recorded":"2024-01-06T00:00:00Z"}
{"kind":"round","round":"beta-a","company":"Beta","closed":"2023-02-01","raised":"3000015 USD","price_per_share":"30 USD","shares_issued":"100000.5","security_class":"A","recorded":"2024-01-07T00:00:00Z"}
{"kind":"participation","round":"beta-a","investor":"Fund II","shares":1000,"recorded":"2024-01-07T00:00:00Z"}
{"kind":"split","company":"Beta","on":"2023-05-01","ratio":"3:1","security_class":"A","recorded":"2024-01-07T00:00:00Z"}
)";

inline std::vector<std::string> sorted(std::vector<std::string> rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

// "a, b"
inline std::string joined(const std::vector<std::string>& texts) {
    std::string text;
    for (const std::string& next : texts) text += (text.empty() ? "" : ", ") + next;
    return text;
}

// An SQLite connection that knows nothing of the library, like that of any other program.
class Sql {
  public:
    explicit Sql(const std::filesystem::path& path) {
        if (sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) !=
            SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(database_));
        }
    }
    ~Sql() { sqlite3_close(database_); }
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;

    // Runs the statements. Returns SQLite's message, which is empty when all went well.
    std::string run(const std::string& sql) {
        char* message = nullptr;
        sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &message);
        std::string text = message != nullptr ? message : "";
        sqlite3_free(message);
        return text;
    }

    // Every row with its cells joined by "|" and null as "null". Throws SQLite's message.
    [[nodiscard]] std::vector<std::string> rows(const std::string& sql) {
        std::vector<std::string> result;
        const auto add = [](void* to, int count, char** cells, char**) {
            std::string row;
            for (int i = 0; i < count; ++i) {
                if (i != 0) row += "|";
                row += cells[i] != nullptr ? cells[i] : "null";
            }
            static_cast<std::vector<std::string>*>(to)->push_back(row);
            return 0;
        };
        char* message = nullptr;
        if (sqlite3_exec(database_, sql.c_str(), add, &result, &message) != SQLITE_OK) {
            const std::string text = message;
            sqlite3_free(message);
            throw std::runtime_error(text + ": " + sql);
        }
        return result;
    }

    // The only cell of the only row.
    [[nodiscard]] std::string cell(const std::string& sql) {
        const auto found = rows(sql);
        if (found.size() != 1) throw std::runtime_error(std::to_string(found.size()) + " rows: " + sql);
        return found.front();
    }

    // The names of the tables, and of one table's columns that are not generated.
    [[nodiscard]] std::vector<std::string> tables() {
        return rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    }
    [[nodiscard]] std::vector<std::string> columns(const std::string& table, bool only_key = false) {
        return rows("SELECT name FROM pragma_table_info('" + table + "')" +
                    (only_key ? " WHERE pk > 0" : ""));
    }

  private:
    sqlite3* database_ = nullptr;
};

}  // namespace store_test
