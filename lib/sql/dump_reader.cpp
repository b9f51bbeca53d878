#include "sql/dump_reader.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <string_view>

#include "base/line_reader.hpp"
#include "sql/schema_objects.hpp"

namespace postmoney::detail {

namespace {

// Of a statement: a body of 16 MiB, with each quote doubled.
constexpr std::size_t max_statement = 64U << 20U;
// Lines of a statement that could be its last ones; those of our triggers are few.
constexpr int most_ends = 1000;

[[nodiscard]] std::string_view without_blanks_ahead(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

[[nodiscard]] char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Whether lines of SQL end within a text, a quoted name or a comment.
class OpenQuotes {
  public:
    // The next line, without its line break.
    void read(std::string_view line) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::string_view two = line.substr(i, 2);
            if (open_ != 0) {
                if (open_ == '*' ? two == "*/" : line[i] == open_) {
                    i += open_ == '*' ? 1 : 0;
                    open_ = 0;
                }
            } else if (two == "--") {
                return;
            } else if (two == "/*") {
                open_ = '*';
                ++i;
            } else if (line[i] == '[') {
                open_ = ']';
            } else if (std::string_view("'\"`").find(line[i]) != std::string_view::npos) {
                open_ = line[i];
            }
        }
    }
    [[nodiscard]] bool are_open() const noexcept { return open_ != 0; }

  private:
    char open_ = 0;  // what closes it, '*' of a comment; 0: nothing is open
};

// The words of a statement's beginning, one by one, without the quotes of names.
class StatementWords {
  public:
    explicit StatementWords(std::string_view text) : rest_(text) {}

    // The next word or name as it is written; empty where there is none.
    [[nodiscard]] std::string next() {
        rest_ = without_blanks_ahead(rest_);
        if (rest_.empty()) return {};
        const std::size_t quote = std::string_view("\"'`[").find(rest_.front());
        if (quote == std::string_view::npos) return taken(rest_.find_first_of(" \t\r\n(;"), 0);
        return taken(rest_.find("\"'`]"[quote], 1), 1);
    }
    // Whether the next words are these, in letters of either size; takes them then.
    [[nodiscard]] bool take(std::string_view words) {
        StatementWords mine = *this;
        StatementWords wanted(words);
        for (std::string word = wanted.next(); !word.empty(); word = wanted.next()) {
            std::string found = mine.next();
            std::ranges::transform(found, found.begin(), upper);
            if (found != word) return false;
        }
        *this = mine;
        return true;
    }

  private:
    [[nodiscard]] std::string taken(std::size_t end, std::size_t quotes) {
        end = std::min(end, rest_.size());
        std::string word(rest_.substr(quotes, end - quotes));
        rest_.remove_prefix(std::min(end + quotes, rest_.size()));
        return word;
    }

    std::string_view rest_;
};

// What SQLite keeps for itself: the tables of the schema, of statistics and of AUTOINCREMENT.
[[nodiscard]] bool is_kept_by_sqlite(std::string_view table) {
    return table.starts_with("sqlite_");
}

// What of the user's own a CREATE statement makes, in words; empty when it is not the user's. No trigger is.
[[nodiscard]] std::string user_object_of(std::string_view statement) {
    StatementWords words(statement);
    static_cast<void>(words.take("CREATE"));
    std::string type;
    if (words.take("TABLE") || words.take("VIRTUAL TABLE")) type = "table";
    if (type.empty() && words.take("VIEW")) type = "view";
    if (type.empty() && (words.take("INDEX") || words.take("UNIQUE INDEX"))) type = "index";
    if (type.empty()) return {};
    static_cast<void>(words.take("IF NOT EXISTS"));
    const std::string name = words.next();
    if (type == "index" && words.take("ON") && is_user_name(words.next())) return type + " " + name;
    return is_user_name(name) ? type + " " + name : std::string();
}

extern "C" int allow_inserts(void* tables, int action, const char* first, const char* second, const char*,
                             const char*) {
    constexpr std::array<std::string_view, 3> functions{"replace", "char", "unistr"};
    bool allowed = action == SQLITE_SELECT;  // of VALUES; reading a table asks for SQLITE_READ
    if (action == SQLITE_INSERT)
        allowed = static_cast<const std::set<std::string, std::less<>>*>(tables)->contains(first);
    if (action == SQLITE_FUNCTION) allowed = std::ranges::find(functions, second) != functions.end();
    return allowed ? SQLITE_OK : SQLITE_DENY;
}

class DumpReader {
  public:
    DumpReader(std::istream& in, const std::string& name, Connection& scratch)
        : lines_(in, max_statement), name_(name), scratch_(&scratch) {
        Statement objects(scratch.handle(),
                          "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
        while (objects.step()) {
            schema_.emplace(objects.text(2));
            if (objects.text(0) == "table") tables_.emplace(objects.text(1));
        }
    }

    [[nodiscard]] std::vector<std::string> read() {
        while (next_statement()) run();
        if (!without_blanks_ahead(statement_).empty()) refuse("a whole statement");
        if (!whole_) refuse("COMMIT at the end of the dump; without it rows are missing");
        return left_out_;
    }

  private:
    [[noreturn]] void refuse(const std::string& expected) const {
        constexpr std::size_t shown = 80;
        std::string_view text = without_blanks_ahead(statement_).substr(0, shown);
        text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
        throw Error::refused(ErrorCode::bad_sql, text, expected).at(name_, begin_);
    }

    // Reads lines until they are a whole statement.
    [[nodiscard]] bool next_statement() {
        statement_.clear();
        quotes_ = {};
        int ends = 0;
        while (lines_.next()) {
            const std::string_view line = lines_.line();
            if (without_blanks_ahead(statement_).empty()) {
                statement_.clear();
                begin_ = lines_.number();
            }
            statement_.append(line).push_back('\n');
            if (lines_.too_long() || statement_.size() > max_statement)
                refuse("a statement of at most 64 MiB");
            if (line.find('\0') != std::string_view::npos) refuse("SQL without NUL characters");
            // A line within a text can end so too. To ask of each of its lines would read the text as often.
            const bool may_end =
                without_blanks_ahead(line).starts_with("--") || line.ends_with(';') || line.ends_with(";\r");
            quotes_.read(line);
            if (!may_end || quotes_.are_open()) continue;
            if (sqlite3_complete(statement_.c_str()) != 0) return true;
            if (++ends > most_ends) refuse("a statement of a dump of a ledger");
        }
        return false;
    }

    void run() {
        const std::string_view statement = without_blanks_ahead(statement_);
        StatementWords words(statement);
        if (words.take("PRAGMA") || words.take("BEGIN") || words.take("ANALYZE")) return;
        if (words.take("COMMIT")) {
            whole_ = true;
        } else if (words.take("CREATE")) {
            create(statement.substr(0, statement.find_last_of(';')));
        } else if (words.take("INSERT INTO") || words.take("INSERT OR IGNORE INTO")) {
            const std::string table = words.next();
            if (!is_user_name(table) && !is_kept_by_sqlite(table)) insert();
        } else if (!words.take("DELETE FROM") || !is_kept_by_sqlite(words.next())) {
            refuse("a statement of a dump of a ledger");
        }
    }

    void create(std::string_view statement) {
        if (schema_.contains(statement)) return;
        StatementWords words(statement);
        if (words.take("CREATE TABLE") && is_kept_by_sqlite(words.next())) return;
        const std::string object = user_object_of(statement);
        if (object.empty()) refuse("a statement of a ledger's schema, or one of a name that begins with my_");
        left_out_.push_back(object);
    }

    void insert() {
        sqlite3_set_authorizer(scratch_->handle(), allow_inserts, &tables_);
        sqlite3_stmt* prepared = nullptr;
        const char* tail = nullptr;
        int result = sqlite3_prepare_v2(scratch_->handle(), statement_.c_str(),
                                        static_cast<int>(statement_.size()), &prepared, &tail);
        sqlite3_set_authorizer(scratch_->handle(), nullptr, nullptr);
        const bool alone = result == SQLITE_OK && without_blanks_ahead(tail).empty();
        if (alone) result = sqlite3_step(prepared);
        std::string message = sqlite3_errmsg(scratch_->handle());
        sqlite3_finalize(prepared);
        if (alone && result == SQLITE_DONE) return;
        if (result == SQLITE_OK) message = "there is more on the line";
        refuse("an INSERT of values into a table of a ledger (" + message + ")");
    }

    LineReader lines_;
    const std::string& name_;
    Connection* scratch_;
    std::set<std::string, std::less<>> schema_;
    std::set<std::string, std::less<>> tables_;
    std::vector<std::string> left_out_;
    std::string statement_;
    OpenQuotes quotes_;
    std::uint64_t begin_ = 0;
    bool whole_ = false;
};

}  // namespace

bool is_dump(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return false;
    std::ifstream in(path, std::ios::binary);
    std::string text(100, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    StatementWords words(text);
    return words.take("PRAGMA") || words.take("BEGIN");
}

std::vector<std::string> read_dump(std::istream& in, const std::string& name, Connection& scratch) {
    sqlite3_limit(scratch.handle(), SQLITE_LIMIT_SQL_LENGTH, static_cast<int>(max_statement) + 1);
    // Rows of different tables come in the order of the tables.
    scratch.execute("PRAGMA foreign_keys = OFF");
    scratch.heed_checks(true);
    Transaction transaction(scratch);
    // The dump has these rows too.
    scratch.execute("DELETE FROM currency_unit; DELETE FROM parity");
    std::vector<std::string> left_out = DumpReader(in, name, scratch).read();
    transaction.commit();
    return left_out;
}

}  // namespace postmoney::detail
