// A table of its own holds what all companies raised by year and by currency.
#include <doctest/doctest.h>

#include "fixtures.hpp"

using namespace store_test;

namespace {

std::string company_line(int number, std::string_view amount) {
    const std::string text = std::to_string(number);
    return R"({"kind":"round","round":"r)" + text + R"(","company":"Company )" + text + R"(","raised":")" +
           std::string(amount) + R"(","announced":"2024-05","key":"k)" + text + "\"}\n";
}

std::string retraction_line(int number) {
    return R"({"kind":"retraction","of":"k)" + std::to_string(number) + R"(","reason":"wrong"})" + "\n";
}

}  // namespace

TEST_CASE("sums of all companies are exact beyond 64 bits, and come back from there") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    Sql sql(folder / "l.db");
    const std::string sum = "SELECT known_high, known_low FROM ledger_total WHERE scope = '2024'";
    // 9 * 10^18 cents
    apply_text(ledger, company_line(1, "90000000000000000 USD"));
    CHECK(sql.cell("SELECT known_minor, known_decimal FROM raised_by_year") ==
          "9000000000000000000|90000000000000000.00");
    apply_text(ledger, company_line(2, "2233720368547758.07 USD"));
    CHECK(sql.cell("SELECT known_minor FROM raised_by_year") == "9223372036854775807");
    CHECK(sql.cell("SELECT known_minor FROM raised_by_currency") == "9223372036854775807");
    apply_text(ledger, company_line(3, "0.01 USD"));
    CHECK(sql.cell(sum) == "9|223372036854775808");
    const std::vector<std::string> views{"raised_by_year", "raised_by_quarter", "raised_by_market",
                                         "raised_by_currency"};
    const auto beyond = [&](const std::string& row) {
        for (const std::string& view : views) {
            const std::string query =
                "SELECT companies, rounds, known_minor, known_decimal, rounds_untold FROM ";
            CHECK_MESSAGE(sql.cell(query + view) == row, view);
        }
    };
    beyond("3|3|null|92233720368547758.08|0");
    apply_text(ledger, company_line(4, "90000000000000000 USD"));
    CHECK(sql.cell(sum) == "18|223372036854775808");
    beyond("4|4|null|182233720368547758.08|0");
    CHECK(ledger.verify().ok);
    apply_text(ledger, retraction_line(1) + retraction_line(4));
    CHECK(sql.cell("SELECT known_minor FROM raised_by_year") == "223372036854775808");
    apply_text(ledger, retraction_line(2) + retraction_line(3));
    CHECK(sql.rows("SELECT * FROM ledger_total").empty());
    CHECK(ledger.verify().ok);
}

TEST_CASE("a sum beyond 64 bits leaves the other rows of its view as they are") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    Sql sql(folder / "l.db");
    apply_text(ledger, company_line(1, "9000000000000000000 JPY") +
                           company_line(2, "9000000000000000000 JPY") + company_line(3, "12 USD") +
                           company_line(4, "9000000000000000 BHD") +
                           company_line(5, "1000000000000000.005 BHD"));
    for (const char* view :
         {"raised_by_year", "raised_by_quarter", "raised_by_market", "raised_by_currency"}) {
        CHECK(sql.rows("SELECT currency, known_minor, known_decimal FROM " + std::string(view) +
                       " ORDER BY currency") == std::vector<std::string>{"BHD|null|10000000000000000.005",
                                                                         "JPY|null|18000000000000000000",
                                                                         "USD|1200|12.00"});
    }
    CHECK(ledger.verify().ok);
}

TEST_CASE("what is undisclosed is counted, and no sum") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    Sql sql(folder / "l.db");
    apply_text(ledger, company_line(1, "undisclosed") + company_line(2, "0 USD"));
    CHECK(sql.rows("SELECT * FROM raised_by_year") ==
          std::vector<std::string>{"2024|null|1|1|null|null|0", "2024|USD|1|1|0|0.00|0"});
    CHECK(sql.rows("SELECT * FROM raised_by_currency") ==
          std::vector<std::string>{"null|1|1|null|null|0", "USD|1|1|0|0.00|0"});
}

TEST_CASE("a batch that is given up leaves the sums as they were") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    Sql sql(folder / "l.db");
    apply_text(ledger, company_line(1, "1 USD"));
    CHECK(error_of([&] { apply_text(ledger, company_line(2, "2 USD") + "{}\n"); }) != "no error");
    apply_text(ledger, company_line(3, "4 USD"));
    CHECK(sql.cell("SELECT companies, known_minor FROM raised_by_year") == "2|500");
    CHECK(ledger.verify().ok);
}

TEST_CASE(
    "a filing under the file number of an earlier one holds from its own day, as one that amends does") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, R"({"kind":"source","id":"d","type":"filing","published":"2024-01-12"}
{"kind":"source","id":"da","type":"filing","published":"2024-12-12"}
{"kind":"round","round":"r","company":"Acme","first_sale":"2024-01-05","raised":"2 million USD","attributes":{"fileNumber":"021-1"},"source":"d"}
{"kind":"round","round":"ra","company":"Acme","first_sale":"2024-01-05","raised":"4.5 million USD","attributes":{"fileNumber":"021-1"},"source":"da"}
)");
    Sql sql(folder / "l.db");
    const auto known = [&](const std::string& day) {
        TotalQuery query;
        query.viewpoint.as_of = PartialDate::parse(day);
        const std::string at_day = ledger.total_raised("Acme", query).front().known->amount_string();
        CHECK(sql.cell("SELECT known_decimal FROM total_raised_over_time WHERE valid_from <= '" + day +
                       "' AND valid_to > '" + day + "'") == at_day);
        return at_day;
    };
    CHECK(known("2024-06-30") == "2000000.00");
    CHECK(known("2024-12-11") == "2000000.00");
    CHECK(known("2024-12-12") == "4500000.00");
    CHECK(ledger.reconcile("Acme").empty());
    CHECK(ledger.verify().ok);
}
