// The SQL functions, in the loadable extension that any program can use, and on the ledger's own connection.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "fixtures.hpp"

using namespace store_test;

namespace {

// A connection that loads the extension, as another program would.
class Extended {
  public:
    explicit Extended(const std::filesystem::path& path = ":memory:") {
        REQUIRE(sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                nullptr) == SQLITE_OK);
        REQUIRE(sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr) == SQLITE_OK);
        char* message = nullptr;
        sqlite3_load_extension(database_, POSTMONEY_SQL_EXTENSION, nullptr, &message);
        const std::string problem = message != nullptr ? message : "";
        sqlite3_free(message);
        REQUIRE(problem == "");
    }
    ~Extended() { sqlite3_close(database_); }
    Extended(const Extended&) = delete;
    Extended& operator=(const Extended&) = delete;

    // The rows, with cells joined by "|" and null as "null"; or "error: " and SQLite's message.
    std::string run(const std::string& sql) {
        std::string text;
        const auto add = [](void* to, int count, char** cells, char**) {
            auto& out = *static_cast<std::string*>(to);
            if (!out.empty()) out += " ";
            for (int i = 0; i < count; ++i) {
                if (i != 0) out += "|";
                out += cells[i] != nullptr ? cells[i] : "null";
            }
            return 0;
        };
        char* message = nullptr;
        if (sqlite3_exec(database_, sql.c_str(), add, &text, &message) != SQLITE_OK) {
            text = std::string("error: ") + message;
            sqlite3_free(message);
        }
        return text;
    }
    std::string of(const std::string& expression) { return run("SELECT " + expression); }

    [[nodiscard]] sqlite3* handle() const { return database_; }

  private:
    sqlite3* database_ = nullptr;
};

struct Evaluation {
    std::string expression;
    std::string result;
};

std::string not_a_number(const std::string& argument, const std::string& value) {
    return "error: field \"" + argument + "\": got \"" + value +
           "\", expected digits with an optional decimal point and exponent [bad-number]";
}

}  // namespace

TEST_CASE("the functions that SQLite's decimal extension has give what it gives") {
    Extended sql;
    // Each result is that of the sqlite3 shell 3.40; a comment gives the shell's where ours differs.
    const std::vector<Evaluation> rows{
        {"decimal('1e3')", "1000"},
        {"decimal('007.50')", "7.50"},
        {"decimal('+5')", "5"},
        {"decimal(' 5 ')", "5"},
        {"decimal('.5')", "0.5"},
        {"decimal('5.')", "5"},
        {"decimal('-.5')", "-0.5"},
        {"decimal('1e-3')", "0.001"},
        {"decimal('1.50e1')", "15.0"},
        {"decimal('1.23E+1')", "12.3"},
        {"decimal('0e-5')", "0.00000"},
        {"decimal('1e40')", "10000000000000000000000000000000000000000"},
        {"decimal(9223372036854775807)", "9223372036854775807"},
        {"decimal(NULL)", "null"},
        {"decimal_add('1.50', '1.5')", "3.00"},
        {"decimal_add('9223372036854775807', 1)", "9223372036854775808"},
        {"decimal_add('0.1', '0.2')", "0.3"},
        {"decimal_add(NULL, 1)", "null"},
        {"decimal_add(1, NULL)", "null"},
        {"decimal_sub('1', '1.00')", "0.00"},
        {"decimal_sub('0.1', '1')", "-0.9"},
        {"decimal_mul('1.50', '2.00')", "3.00"},
        {"decimal_mul('1.5', '2.000')", "3.0"},
        {"decimal_mul('1e3', '0.1')", "100"},
        {"decimal_mul('1.23', '4.567')", "5.61741"},
        {"decimal_mul('10', '10')", "100"},
        {"decimal_mul('123456789012345678901234567890', '123456789012345678901234567890')",
         "15241578753238836750495351562536198787501905199875019052100"},
        {"decimal_cmp('1', '2')", "-1"},
        {"decimal_cmp('10', '9')", "1"},
        {"decimal_cmp('1', '1')", "0"},
        {"decimal_cmp('-0.1', '0.1')", "-1"},
        {"decimal_cmp(NULL, 1)", "null"},
        {"typeof(decimal_cmp(1, 2)) || typeof(decimal(1))", "integertext"},
    };
    for (const Evaluation& row : rows) CHECK_MESSAGE(sql.of(row.expression) == row.result, row.expression);
}

TEST_CASE("where SQLite's decimal extension prints a wrong digit, ours does not") {
    Extended sql;
    const std::vector<Evaluation> rows{
        {"decimal_cmp('1.0', '1')", "0"},       // 1
        {"decimal('-0.00')", "0.00"},           // -0.00
        {"decimal_mul('0', '-1')", "0"},        // -0
        {"decimal_mul('-1.5', '0.00')", "0.0"}  // -0.0
    };
    for (const Evaluation& row : rows) CHECK_MESSAGE(sql.of(row.expression) == row.result, row.expression);
}

TEST_CASE("what SQLite's decimal extension lacks") {
    Extended sql;
    const std::vector<Evaluation> rows{
        {"decimal_div(1, 3, 5, 'half_even')", "0.33333"},
        {"decimal_div('6', '50', 4, 'half_even')", "0.1200"},
        {"decimal_div(10, 5, 0, 'never')", "2"},
        {"decimal_div(-1, 3, 2, 'floor')", "-0.34"},
        {"decimal_div(NULL, 3, 2, 'floor')", "null"},
        {"decimal_div(1, 3, NULL, 'floor')", "null"},
        {"decimal_div(1, 3, 2, NULL)", "null"},
        {"decimal_round('2.5', 0, 'half_even')", "2"},
        {"decimal_round('2.5', 0, 'half_up')", "3"},
        {"decimal_round('2.5', 0, 'half_down')", "2"},
        {"decimal_round('2.1', 0, 'up')", "3"},
        {"decimal_round('2.9', 0, 'down')", "2"},
        {"decimal_round('-2.5', 0, 'ceiling')", "-2"},
        {"decimal_round('-2.5', 0, 'floor')", "-3"},
        {"decimal_round('2.51', 1, '05up')", "2.6"},
        {"decimal_round('2.41', 1, '05up')", "2.4"},
        {"decimal_round('2.50', 1, 'never')", "2.5"},
        {"decimal_round('2.5', 3, 'down')", "2.500"},
        {"decimal_round(1250, -2, 'half_even')", "1200"},
        {"decimal_min('10', '9.5', 11)", "9.5"},
        {"decimal_max('10', '9.5', 11)", "11"},
        {"decimal_max('1.0', '1')", "1.0"},  // the first of equal ones
        {"decimal_min(1, NULL)", "null"},
        {"money(150050, 'USD')", "1500.50 USD"},
        {"money(-5, 'USD')", "-0.05 USD"},
        {"money(5, 'JPY')", "5 JPY"},
        {"money(5, 'BHD')", "0.005 BHD"},
        {"money(1234567, 'USDC', 6)", "1.234567 USDC"},
        {"money(NULL, 'USD')", "null"},
        {"money(1, NULL)", "null"},
        {"money_parse('1500.50 USD')", "150050"},
        {"money_parse('-0.05 USD')", "-5"},
        {"money_parse('1.234567 USDC', 6)", "1234567"},
        {"money_currency('1500.50 USD')", "USD"},
        {"money_currency('1 USDC', 6)", "USDC"},
        {"typeof(money_parse('1 USD'))", "integer"},
        {"amount_agrees('12 billion USD', '12134680000 USD')", "1"},
        {"amount_agrees('11 billion USD', '12134680000 USD')", "0"},
        {"amount_agrees('about 100 million USD', '99 million USD')", "1"},
        {"amount_agrees('more than 40 billion USD', '40 billion USD')", "0"},
        {"amount_agrees('undisclosed', '1 USD')", "1"},
        {"amount_agrees('1 EUR', '1 USD')", "null"},  // not comparable
        {"amount_agrees('1.5 USDC', '1.50 USDC', 6)", "1"},
        {"amount_agrees(NULL, '1 USD')", "null"},
        {"partial_date_first('2024')", "2024-01-01"},
        {"partial_date_last('2024')", "2024-12-31"},
        {"partial_date_first('2024-Q2')", "2024-04-01"},
        {"partial_date_last('2024-Q2')", "2024-06-30"},
        {"partial_date_last('2024-02')", "2024-02-29"},
        {"partial_date_first('2024-12-23')", "2024-12-23"},
        {"partial_date_first(NULL)", "null"},
    };
    for (const Evaluation& row : rows) CHECK_MESSAGE(sql.of(row.expression) == row.result, row.expression);
}

TEST_CASE("what is no number is refused and never 0") {
    Extended sql;
    const std::string too_large =
        "\", expected at most 100000 digits and an exponent within -1000000..1000000 [overflow]";
    const std::vector<Evaluation> rows{
        {"decimal('abc')", not_a_number("decimal argument 1", "abc")},
        {"decimal('')", not_a_number("decimal argument 1", "")},
        {"decimal('.')", not_a_number("decimal argument 1", ".")},
        {"decimal('1e')", not_a_number("decimal argument 1", "1e")},
        {"decimal('1.2.3')", not_a_number("decimal argument 1", "1.2.3")},
        {"decimal('12abc34')", not_a_number("decimal argument 1", "12abc34")},
        {"decimal('1,000')", not_a_number("decimal argument 1", "1,000")},
        {"decimal('1_000')", not_a_number("decimal argument 1", "1_000")},
        {"decimal('Infinity')", not_a_number("decimal argument 1", "Infinity")},
        {"decimal('NaN')", not_a_number("decimal argument 1", "NaN")},
        {"decimal('0x10')", not_a_number("decimal argument 1", "0x10")},
        {"decimal('1' || char(0))", not_a_number("decimal argument 1", "1\\x00")},
        {"decimal_add(1, 'abc')", not_a_number("decimal_add argument 2", "abc")},
        {"decimal_sum('abc')", not_a_number("decimal_sum argument 1", "abc")},
        {"decimal(1.5)",
         "error: field \"decimal argument 1\": got \"1.5\", expected INTEGER or TEXT: REAL is binary "
         "floating point [float-number]"},
        {"decimal_sum(0.5)",
         "error: field \"decimal_sum argument 1\": got \"0.5\", expected INTEGER or TEXT: REAL is binary "
         "floating point [float-number]"},
        {"decimal(x'3132')",
         "error: field \"decimal argument 1\": got a BLOB, expected INTEGER or TEXT [bad-type]"},
        {"decimal('1e999999999')", "error: field \"decimal argument 1\": got \"1e999999999" + too_large},
        {"decimal('-1e-999999999999999999999')",
         "error: field \"decimal argument 1\": got \"-1e-999999999999999999999" + too_large},
        {"decimal_add('1e1000000', 1)", "error: field \"decimal_add\": got \"1E+1000000 + 1" + too_large},
        {"decimal_mul('1e600000', '1e600000')",
         "error: field \"decimal_mul\": got \"1E+600000 * 1E+600000" + too_large},
        {"decimal_div(1, 0, 2, 'down')",
         "error: field \"decimal_div\": got \"1 / 0\", expected a divisor other than zero "
         "[division-by-zero]"},
        {"decimal_div(1, 3, 2, 'never')",
         "error: field \"decimal_div\": got \"1 / 3\", expected at most 2 decimals [inexact]"},
        {"decimal_div(1, 3, 2, 'nearest')",
         "error: field \"decimal_div argument 4\": got \"nearest\", expected half_even, half_up, half_down, "
         "up, down, ceiling, floor, 05up or never [bad-word]"},
        {"decimal_round('1.5', '1', 'down')",
         "error: field \"decimal_round argument 2\": got \"1\", expected an INTEGER [bad-type]"},
        {"decimal_round('1.5', 9223372036854775807, 'down')",
         "error: field \"decimal_round argument 2\": got \"9223372036854775807\", expected a scale within "
         "-1000000..1000000 [out-of-range]"},
        {"decimal_round(1, 1000000, 'down')",
         "error: field \"decimal_round\": got \"1 at exponent -1000000" + too_large},
        {"decimal_max()",
         "error: field \"decimal_max\": takes one argument or more, got none [missing-field]"},
        {"money('1', 'USD')", "error: field \"money argument 1\": got \"1\", expected an INTEGER [bad-type]"},
        {"money(1.0, 'USD')",
         "error: field \"money argument 1\": got \"1.0\", expected an INTEGER [bad-type]"},
        {"money(1, 'usd')",
         "error: field \"money argument 2\": got \"usd\", expected an ISO 4217 currency code, or the unit's "
         "decimals as last argument [unknown-currency]"},
        {"money(1, 'USDC', 9)",
         "error: field \"money argument 2\": got \"9\", expected 0 to 8 decimals [bad-currency]"},
        {"money_parse('6 billion USD')",
         "error: field \"money_parse argument 1\": got \"6 billion USD\", expected NUMBER CURRENCY, such as "
         "1500.50 EUR "
         "[bad-amount]"},
        {"amount_agrees('6 billion', '1 USD')",
         "error: field \"amount_agrees argument 1\": got \"6 billion\", expected [qualifier] NUMBER "
         "[magnitude] CURRENCY, undisclosed or indefinite: the currency is missing [bad-amount]"},
        {"partial_date_last('2024-13')",
         "error: field \"partial_date_last argument 1\": got \"2024-13\", expected a date that the calendar "
         "has, in the years 0001 to 9999 [bad-date]"},
        {"partial_date_last(2024)",
         "error: field \"partial_date_last argument 1\": got \"2024\", expected TEXT [bad-type]"},
    };
    for (const Evaluation& row : rows) CHECK_MESSAGE(sql.of(row.expression) == row.result, row.expression);
}

TEST_CASE("sums, averages and extremes of many rows, null passed over") {
    Extended sql;
    REQUIRE(sql.run("CREATE TABLE t (x TEXT, g INTEGER); INSERT INTO t VALUES ('1.50', 1), ('2', 1), "
                    "(NULL, 1), ('-10.25', 2), ('9223372036854775807', 2), ('1e20', 3), (NULL, 4)") == "");
    const std::vector<Evaluation> rows{
        {"decimal_sum(x) FROM t", "109223372036854775800.25"},
        {"decimal_sum(x) FROM t GROUP BY g", "3.50 9223372036854775796.75 100000000000000000000 0"},
        {"decimal_sum(x) FROM t WHERE g = 5", "null"},  // as SQLite's: no rows at all
        {"decimal_sum(x) FROM t WHERE g = 4", "0"},     // and rows that are all null
        {"decimal_min(x) || ' ' || decimal_max(x) FROM t", "-10.25 100000000000000000000"},
        {"decimal_min(x) FROM t WHERE g = 4", "null"},
        {"decimal_avg(x, 2, 'half_even') FROM t WHERE g = 1", "1.75"},
        {"decimal_avg(x, 0, 'half_up') FROM t WHERE g = 1", "2"},
        {"decimal_avg(x, 0, 'half_up') FROM t WHERE g = 4", "null"},
        {"decimal_avg(x, 1, 'never') FROM t WHERE g = 1",
         "error: field \"decimal_avg\": got \"3.50 / 2\", expected at most 1 decimal [inexact]"},
        {"decimal_avg(x, g, 'up') FROM t",
         "error: field \"decimal_avg\": takes the same scale and mode for all rows [misuse]"},
        {"decimal_sum(x) OVER (ORDER BY rowid) FROM t WHERE g = 1", "1.50 3.50 3.50"},
        {"decimal_sum(x) OVER (ORDER BY rowid ROWS 1 PRECEDING) FROM t WHERE g < 3",
         "1.50 3.50 2.00 -10.25 9223372036854775796.75"},
        {"decimal_sum(x) OVER (ORDER BY rowid ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM t WHERE g = 1",
         "null 1.50 3.50"},
        {"decimal_avg(x, 2, 'down') OVER (ORDER BY rowid ROWS 1 PRECEDING) FROM t WHERE g = 1",
         "1.50 1.75 2.00"},
        {"x FROM t WHERE x IS NOT NULL ORDER BY x COLLATE decimal", "-10.25 1.50 2 9223372036854775807 1e20"},
        {"count(*) FROM t WHERE x = '2.00' COLLATE decimal", "1"},
        {"max(x COLLATE decimal) FROM t", "1e20"},
    };
    for (const Evaluation& row : rows) CHECK_MESSAGE(sql.of(row.expression) == row.result, row.expression);
}

TEST_CASE("an order refuses nothing: texts that are no numbers come after the numbers, by their bytes") {
    Extended sql;
    CHECK(sql.run("WITH v (x) AS (VALUES ('abc'), ('10'), ('9'), (''), ('1e999999999'), ('1.0'), ('1'), "
                  "('-3'), ('+2')) SELECT x FROM v ORDER BY x COLLATE decimal, x") ==
          "-3 1 1.0 +2 9 10  1e999999999 abc");
    CHECK(
        sql.run("CREATE TABLE n (x TEXT COLLATE decimal PRIMARY KEY); INSERT INTO n VALUES ('1.0'), ('x')") ==
        "");
    CHECK(sql.run("INSERT INTO n VALUES ('1')") == "error: UNIQUE constraint failed: n.x");
}

TEST_CASE("a running sum over a window is the sum of what is in it, also beyond 128 bits and back") {
    Extended sql;
    CHECK(sql.run("WITH v (i, x) AS (VALUES (1, '170141183460469231731687303715884105727'), (2, '1'), "
                  "(3, '0.00001'), (4, '-5'), (5, '2')) SELECT decimal_sum(x) OVER (ORDER BY i ROWS 1 "
                  "PRECEDING) FROM v") ==
          "170141183460469231731687303715884105727 170141183460469231731687303715884105728 1.00001 -4.99999 "
          "-3.00000");
}

TEST_CASE("hostile input costs bounded memory and time") {
    Extended sql;
    const auto start = std::chrono::steady_clock::now();
    const std::string long_digits = "printf('%.*c', 10000000, '9')";
    CHECK(sql.of("decimal(" + long_digits + ")").ends_with("[overflow]"));
    CHECK(sql.of("decimal('0.' || " + long_digits + ")").ends_with("[overflow]"));
    CHECK(sql.of("decimal(printf('%.*c', 10000000, 'x'))").ends_with("[bad-number]"));
    CHECK(sql.of("decimal(zeroblob(10000000))").ends_with("[bad-type]"));
    CHECK(sql.of("decimal(CAST(zeroblob(10000000) AS TEXT))").ends_with("[bad-number]"));
    CHECK(sql.of("decimal(printf('%.*c', 10000000, '0') || '7')") == "7");
    CHECK(sql.of("money_parse(printf('%.*c', 10000000, '9') || ' USD')").starts_with("error: "));
    CHECK(sql.of("amount_agrees(printf('%.*c', 10000000, '9') || ' USD', '1 USD')").starts_with("error: "));
    CHECK(sql.of("partial_date_last(" + long_digits + ")").ends_with("[bad-date]"));
    CHECK(sql.of("length(decimal('1e1000000'))") == "1000001");
    CHECK(sql.of("decimal_cmp('1e1000000', '1e-1000000')") == "1");
    const std::string half = "printf('%.*c', 50000, '9')";
    CHECK(sql.of("length(decimal_mul(" + half + ", " + half + "))") == "100000");
    CHECK(sql.of("length(decimal_div(printf('%.*c', 100000, '9'), 7, 0, 'down'))") == "100000");
    CHECK(sql.of("decimal_mul(" + long_digits + ", 1)").ends_with("[overflow]"));
    // The limit is far above what it takes even with a sanitizer; without bounds it would take hours.
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::minutes(2));
}

TEST_CASE("a value that is given a limit is given it by SQLite: too large a text is an error") {
    Extended sql;
    sqlite3_limit(sql.handle(), SQLITE_LIMIT_LENGTH, 1000);
    CHECK(sql.of("decimal('1e2000')") == "error: string or blob too big");
    CHECK(sql.of("length(decimal('1e500'))") == "501");
}

TEST_CASE("the functions may stand in an index, a generated column and a view of a program's own file") {
    TempFolder folder;
    {
        Extended sql(folder / "own.db");
        CHECK(
            sql.run("CREATE TABLE t (x TEXT, y TEXT AS (decimal_mul(x, '2.0')) STORED);"
                    "CREATE INDEX t_x ON t (decimal(x)); CREATE VIEW v AS SELECT decimal_sum(x) AS s FROM t;"
                    "INSERT INTO t (x) VALUES ('1.5'), ('2.5'); SELECT y FROM t; SELECT s FROM v") ==
            "3.0 5.0 4.0");
        sqlite3_db_config(sql.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        CHECK(sql.run("SELECT s FROM v") == "4.0");  // innocuous
    }
}

namespace {

// The rows of a query through the library, as `Extended::run` gives them.
std::string queried(const Ledger& ledger, const std::string& sql) {
    std::string text;
    const auto add = [&](std::span<const SqlCell> cells) {
        if (!text.empty()) text += " ";
        for (const SqlCell& cell : cells) {
            if (&cell != cells.data()) text += "|";
            if (const auto* number = std::get_if<std::int64_t>(&cell)) text += std::to_string(*number);
            if (const auto* fraction = std::get_if<double>(&cell)) text += std::to_string(*fraction);
            if (const auto* words = std::get_if<std::string_view>(&cell)) text += *words;
            if (const auto* blob = std::get_if<SqlBlob>(&cell))
                text += std::to_string(blob->bytes.size()) + " bytes";
            if (std::holds_alternative<std::monostate>(cell)) text += "null";
        }
    };
    const std::string error = error_of([&] { ledger.query(sql, {.columns = {}, .row = add}); });
    return error == "no error" ? text : "error: " + error;
}

}  // namespace

TEST_CASE("a query on a ledger: typed values, the functions, one statement that only reads") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"round","round":"seed","company":"Acme","raised":"1.5 million USD"})");
    const std::string only_reads = "error: a query only reads: expected one SELECT [read-only]";
    const std::string one_statement =
        "error: there is more than one statement, expected one SELECT [bad-sql]";
    const std::vector<Evaluation> rows{
        {"SELECT 1, 'a', NULL, x'0102', 0.5", "1|a|null|2 bytes|0.500000"},
        {"SELECT money(raised_minor, raised_currency) FROM rounds; -- and a comment", "1500000.00 USD"},
        {"SELECT decimal_sum(raised_minor) FROM rounds", "150000000"},
        {"WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3) SELECT i FROM c",
         "1 2 3"},
        {"SELECT name FROM pragma_table_info('closing') LIMIT 2", "entry on_date"},
        {"SELECT value FROM json_each('[1,2]')", "1 2"},
        {"DELETE FROM party", only_reads},
        {"INSERT INTO entry DEFAULT VALUES", only_reads},
        {"UPDATE company_total SET known_minor = 0", only_reads},
        {"CREATE TABLE t (x)", only_reads},
        {"CREATE TEMP VIEW v AS SELECT 1", only_reads},
        {"DROP VIEW rounds", only_reads},
        {"BEGIN", only_reads},
        {"SAVEPOINT s", only_reads},
        {"ATTACH ':memory:' AS other", only_reads},
        {"VACUUM", only_reads},
        {"ANALYZE", only_reads},
        {"REINDEX", only_reads},
        {"PRAGMA user_version = 7", only_reads},
        {"PRAGMA trusted_schema = ON", only_reads},
        {"SELECT load_extension('x')", "error: not authorized to use function: load_extension [bad-sql]"},
        {"UPDATE sqlite_schema SET sql = ''", "error: table sqlite_master may not be modified [bad-sql]"},
        {"SELECT 1; SELECT 2", one_statement},
        {"SELECT 1; DROP TABLE entry", one_statement},
        {"SELECT 1; nonsense", one_statement},
        {"", "error: there is no statement, expected one SELECT [bad-sql]"},
        {" -- nothing", "error: there is no statement, expected one SELECT [bad-sql]"},
        {"SELEC 1", "error: near \"SELEC\": syntax error [bad-sql]"},
        {"SELECT nothing_such FROM rounds", "error: no such column: nothing_such [bad-sql]"},
        {"SELECT ?1", "error: the query has a parameter, which nothing gives a value [bad-sql]"},
        {std::string("SELECT 1\0;", 10), "error: the query has a NUL character [bad-sql]"},
        {"SELECT sum(9223372036854775807) FROM (SELECT 1 UNION ALL SELECT 2)",
         "error: integer overflow [bad-sql]"},
    };
    for (const Evaluation& row : rows)
        CHECK_MESSAGE(queried(ledger, row.expression) == row.result, row.expression);
    CHECK(queried(ledger, "SELECT '" + std::string(1'000'000, 'x') + "'") ==
          "error: the query is longer than 1000000 bytes [bad-sql]");
    // It can still be written to.
    apply_text(ledger, R"({"kind":"round","round":"a","company":"Acme","raised":"1 USD"})");
    CHECK(queried(ledger, "SELECT known_minor FROM total_raised") == "150000100");
    CHECK(ledger.verify().ok);
}

TEST_CASE("a view or a trigger planted in a file cannot call the functions on the library's connections") {
    TempFolder folder;
    const std::filesystem::path path = folder / "l.db";
    {
        Ledger ledger = Ledger::open(path, options());
        apply_text(ledger, R"({"kind":"round","round":"seed","company":"Acme","raised":"1 USD"})");
    }
    {
        Extended sql(path);
        CHECK(sql.run("CREATE VIEW planted AS SELECT decimal_add(1, 2) AS three;"
                      "CREATE VIEW innocent AS SELECT 1 + 2 AS three; SELECT three FROM planted") == "3");
    }
    const Ledger ledger = Ledger::open(path, options(Ledger::Access::read_only));
    CHECK(queried(ledger, "SELECT three FROM innocent") == "3");
    CHECK(queried(ledger, "SELECT decimal_add(three, 1) FROM innocent") == "4");
    CHECK(queried(ledger, "SELECT three FROM planted") == "error: unsafe use of decimal_add() [bad-sql]");
    CHECK(ledger.verify().problem == "the schema has the view innocent, which no ledger has");
}
