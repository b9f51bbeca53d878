// Facts about made-up companies: every sort of amount and date, sources that disagree, corrections. The same
// seed gives the same facts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace store_test {

class FactsGenerator {
  public:
    explicit FactsGenerator(std::uint64_t seed) : state_(seed * 2862933555777941757U + 3037000493U) {}

    // The lines of a facts file about that many companies, with their times.
    std::string facts(int companies) {
        line(R"({"kind":"currency","code":"GEM","decimals":3)");
        for (int company = 0; company < companies; ++company) add_company(company);
        return std::move(text_);
    }

  private:
    struct Round {
        std::string handle;
        std::string company;
        std::string currency;
        int year;
    };

    // Numerical Recipes' ranqd64 with its upper bits, below `bound`.
    int below(int bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<int>((state_ >> 33U) % static_cast<std::uint64_t>(bound));
    }
    bool chance(int percent) { return below(100) < percent; }
    template <std::size_t size>
    std::string_view any(const std::array<std::string_view, size>& words) {
        return words[static_cast<std::size_t>(below(static_cast<int>(size)))];
    }

    // Ends the object with its time: a minute after the line before.
    void line(const std::string& start) {
        ++minutes_;
        const auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
        text_ += start + R"(,"recorded":"2024-)" + two(1 + minutes_ / 40320) + "-" +
                 two(1 + minutes_ / 1440 % 28) + "T" + two(minutes_ / 60 % 24) + ":" + two(minutes_ % 60) +
                 ":00Z\"}\n";
    }

    std::string date(int year) {
        const std::string text = std::to_string(year);
        const int month = 1 + below(12);
        const std::string padded = (month < 10 ? "-0" : "-") + std::to_string(month);
        switch (below(6)) {
            case 0:
                return text;
            case 1:
                return text + "-Q" + std::to_string(1 + below(4));
            case 2:
                return text + padded;
            default:
                return text + padded + "-" + std::to_string(10 + below(18));
        }
    }

    std::string amount(const std::string& currency) {
        const std::string number = std::to_string(1 + below(900));
        const std::string end = " million " + currency;
        switch (below(10)) {
            case 0:
                return "about " + number + end;
            case 1:
                return "at least " + number + end;
            case 2:
                return "at most " + number + end;
            case 3:
                return "between " + number + " and " + std::to_string(1000 + below(500)) + end;
            case 4:
                return "undisclosed";
            case 5:
                return number + "." + std::to_string(below(10)) + end;
            default:
                return number + end;
        }
    }

    std::string source() {
        return chance(80)
                   ? R"(,"source":"s)" + std::to_string(company_) + "-" + std::to_string(below(4)) + "\""
                   : "";
    }
    // Gives the line a key, and later perhaps adds a line that takes it back.
    std::string key() { return R"(,"key":"k)" + std::to_string(++keys_) + "\""; }
    void perhaps_retract() {
        if (!chance(6)) return;
        const std::string of = std::to_string(keys_);
        line(R"({"kind":"retraction","key":"r)" + of + R"(","of":"k)" + of + R"(","reason":"wrong")");
        if (chance(30)) line(R"({"kind":"retraction","of":"r)" + of + R"(","reason":"right after all")");
    }

    void add_company(int company) {
        company_ = company;
        const std::string name = "Company " + std::to_string(company);
        const std::array<std::string_view, 3> markets{"robots", "medicine", "games"};
        line(R"({"kind":"party","name":")" + name + R"(","type":"company","market":")" +
             std::string(any(markets)) + "\"");
        const std::array<std::string_view, 5> types{"filing", "company", "database", "press", "rumour"};
        for (int i = 0; i < 4; ++i) {
            line(R"({"kind":"source","id":"s)" + std::to_string(company) + "-" + std::to_string(i) +
                 R"(","type":")" + std::string(any(types)) + "\"" +
                 (chance(80) ? R"(,"published":")" + date(2015 + below(9)) + "\"" : ""));
        }
        const std::array<std::string_view, 6> currencies{"USD", "USD", "USD", "EUR", "JPY", "GEM"};
        const std::string currency(any(currencies));
        int year = 2010 + below(5);
        const int rounds = below(5);
        for (int i = 0; i < rounds; ++i) {
            add_round({"c" + std::to_string(company) + "-r" + std::to_string(i), name,
                       chance(95) ? currency : "CHF", year});
            year += below(3);
        }
        for (int i = below(3); i > 0; --i) {
            line(R"({"kind":"stated_total","company":")" + name + R"(","amount":")" + amount(currency) +
                 R"(","on":")" + date(2010 + below(14)) + "\"" + source() + key());
            perhaps_retract();
        }
        line(R"({"kind":"metric","company":")" + name +
             R"(","name":"revenue","value":"7 million USD","on":")" + date(2020) + R"(","per":"year")" +
             (chance(30) ? R"(,"target":true)" : "") + source());
    }

    void add_round(const Round& round) {
        const std::array<std::string_view, 8> statuses{"closed",    "closed", "closed",   "announced",
                                                       "announced", "open",   "rumoured", "cancelled"};
        const std::array<std::string_view, 5> instruments{"equity", "equity", "safe", "convertible-note",
                                                          "debt"};
        const bool by_closings = chance(25);
        for (int claim = 0, claims = 1 + below(3); claim < claims; ++claim) {
            std::string text =
                R"({"kind":"round","round":")" + round.handle + R"(","company":")" + round.company + "\"";
            if (chance(60)) text += R"(,"status":")" + std::string(any(statuses)) + "\"";
            if (chance(60)) text += R"(,"instrument":")" + std::string(any(instruments)) + "\"";
            if (chance(80)) text += R"(,"announced":")" + date(round.year) + "\"";
            if (chance(20)) text += R"(,"closed":")" + date(round.year + 1) + "\"";
            if (!by_closings && chance(90)) text += R"(,"raised":")" + amount(round.currency) + "\"";
            if (chance(12)) text += R"(,"includes_conversions":"2 million )" + round.currency + "\"";
            if (chance(30)) text += R"(,"investors":)" + std::to_string(1 + below(9));
            text += R"(,"note":")" + std::to_string(claim) + "\"";  // so that no two lines are one
            line(text + source() + key());
            if (claim > 0) perhaps_retract();
        }
        for (int i = by_closings ? 1 + below(3) : 0; i > 0; --i) {
            const std::string start = R"({"kind":"closing","round":")" + round.handle + R"(","on":")" +
                                      date(round.year) + R"(","name":"tranche )" + std::to_string(i) +
                                      R"(","amount":")";
            for (int claim = 1 + below(2); claim > 0; --claim) {
                line(start + amount(round.currency) + "\"" + source() + key());
                perhaps_retract();
            }
        }
        for (int i = below(5); i > 0; --i) {
            const std::string start = R"({"kind":"participation","round":")" + round.handle +
                                      R"(","investor":"Fund )" + std::to_string(below(40)) + "\"";
            for (int claim = 1 + below(2); claim > 0; --claim) {
                line(start + (chance(60) ? R"(,"amount":")" + amount(round.currency) + "\"" : "") +
                     (chance(40) ? std::string(R"(,"lead":)") + (chance(70) ? "true" : "false") : "") +
                     source() + key());
                perhaps_retract();
            }
        }
        const std::array<std::string_view, 4> bases{"pre-money", "post-money", "post-money", "unspecified"};
        for (int i = below(4); i > 0; --i) {
            line(R"({"kind":"valuation","company":")" + round.company + R"(","round":")" + round.handle +
                 R"(","amount":")" + std::to_string(1 + below(90000)) + " million " + round.currency +
                 R"(","basis":")" + std::string(any(bases)) + R"(","on":")" + date(round.year) + "\"" +
                 source() + key());
            perhaps_retract();
        }
    }

    std::uint64_t state_;
    std::string text_;
    int minutes_ = 0;
    int keys_ = 0;
    int company_ = 0;
};

}  // namespace store_test
