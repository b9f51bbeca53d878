#include "postmoney/answer/splits.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"
#include "postmoney/answer/carried_shares.hpp"
#include "postmoney/answer/stated_fact.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

namespace {

const std::vector<std::string> split_sources{"source id=filing, type=filing, published=2024-12-05",
                                             "source id=press, type=press, published=2024-11-20",
                                             "source id=wire, type=press, published=2024-10-20"};

// The splits of a class ("-": of all), "RATIO on DATE xCLAIMS" each.
std::string splits_text(const std::vector<std::string>& lines, const std::string& security_class) {
    std::vector<std::string> all = split_sources;
    all.insert(all.end(), lines.begin(), lines.end());
    const Dossier dossier = dossier_of(all);
    const ResolvedCompany company = resolve(dossier);
    std::string text;
    for (const ResolvedSplit& split :
         company.splits.of(security_class == "-" ? std::nullopt : std::optional(security_class))) {
        text += (text.empty() ? "" : ", ") + split.ratio().to_string() + " on " + split.on.to_string() +
                " x" + std::to_string(split.split.all().size());
    }
    return text;
}

// What a share of a class ("-": none said) becomes between two days: "FACTOR by SPLITS" or why it cannot be
// told.
std::string carried_text(const std::vector<std::string>& lines, const std::string& security_class,
                         std::string_view from, std::string_view to = "-") {
    const auto date = [](std::string_view text) {
        return text == "-" ? std::nullopt : std::optional(PartialDate::parse(text));
    };
    const Dossier dossier = dossier_of(lines);
    const ResolvedCompany company = resolve(dossier);
    const CarriedShares carried = carry_shares(
        company, security_class == "-" ? std::nullopt : std::optional(security_class), date(from), date(to));
    if (carried.gap) return std::string(to_string(*carried.gap));
    return carried.factor.to_string() + (carried.splits.empty() ? "" : " by ") + carried.splits_text();
}

}  // namespace

TEST_CASE("claims on one split are joined by date and ratio, and by class") {
    struct Row {
        std::vector<std::string> lines;
        std::string security_class;
        std::string_view expected;
    };
    const std::string day = "filing: split company=xAI, on=2024-05-01, ratio=3:1";
    const std::string common = "press: split company=xAI, on=2024-05-01, ratio=3:1, security_class=Common";
    for (const Row& row : std::vector<Row>{
             {{}, "-", ""},
             {{day}, "-", "3:1 on 2024-05-01 x1"},
             {{day, "press: split company=xAI, on=2024-05-01, ratio=2:1"}, "-", "3:1 on 2024-05-01 x2"},
             {{day, "press: split company=xAI, on=2024-05, ratio=6:2"}, "-", "3:1 on 2024-05-01 x2"},
             {{day, "press: split company=xAI, on=2024-05, ratio=2:1"},
              "-",
              "3:1 on 2024-05-01 x1, 2:1 on 2024-05 x1"},
             {{day, "filing: split company=xAI, on=2024-05-02, ratio=3:1"},
              "-",
              "3:1 on 2024-05-01 x1, 3:1 on 2024-05-02 x1"},
             // Two splits of one source are not both the one that another dates by its year.
             {{"filing: split company=xAI, on=2024, ratio=2:1",
               "press: split company=xAI, on=2024-03-01, ratio=2:1",
               "press: split company=xAI, on=2024-09-01, ratio=2:1"},
              "-",
              "2:1 on 2024-03-01 x1, 2:1 on 2024 x2"},
             {{day, common}, "-", "3:1 on 2024-05-01 x1"},
             {{day, common}, "Common", "3:1 on 2024-05-01 x2"},
             {{day, common}, "Preferred", "3:1 on 2024-05-01 x1"},
             {{common}, "-", ""},
             {{common}, "Preferred", ""},
             {{common, "wire: split company=xAI, on=2024-05, ratio=3:1, security_class=Preferred"},
              "Preferred",
              "3:1 on 2024-05 x1"},
         }) {
        CAPTURE(row.expected);
        CHECK(splits_text(row.lines, row.security_class) == row.expected);
    }
}

TEST_CASE("a share is carried across the splits between two dates, where dates tell which these are") {
    struct Row {
        std::vector<std::string> lines;
        std::string security_class;
        std::string_view from;
        std::string_view to;
        std::string_view expected;
    };
    const std::string may = "split company=xAI, on=2024-05-01, ratio=3:1";
    const std::string june = "split company=xAI, on=2025-06, ratio=1:2";
    const std::string common = "split company=xAI, on=2024-05-01, ratio=3:1, security_class=Common";
    for (const Row& row : std::vector<Row>{
             {{}, "-", "-", "-", "1/1"},
             {{may}, "-", "2023", "-", "3/1 by 3:1 on 2024-05-01"},
             {{june, may}, "-", "2023", "-", "3/2 by 3:1 on 2024-05-01, 1:2 on 2025-06"},
             {{may, june}, "-", "2023", "2025-05", "3/1 by 3:1 on 2024-05-01"},
             {{may, june}, "-", "2024-06", "2025-05", "1/1"},
             {{may}, "-", "2024-04-30", "2024-05-02", "3/1 by 3:1 on 2024-05-01"},
             {{may}, "-", "2024-05-02", "-", "1/1"},
             {{may}, "-", "2024-05-01", "-", "split-order"},
             {{may}, "-", "2024", "-", "split-order"},
             {{june}, "-", "2025-06-30", "-", "split-order"},
             {{may}, "-", "2023", "2024", "split-order"},
             {{may}, "-", "-", "-", "no-date"},
             {{may}, "-", "-", "2024-04", "1/1"},
             {{common}, "Common", "2023", "-", "3/1 by 3:1 on 2024-05-01"},
             {{common}, "Preferred", "2023", "-", "1/1"},
             {{common}, "-", "2023", "-", "split-class"},
             {{common}, "-", "2024-06", "-", "1/1"},
             {{may}, "Common", "2023", "-", "3/1 by 3:1 on 2024-05-01"},
             {{may, "split company=xAI, on=2024, ratio=2:1"}, "-", "2023", "-", "maybe-one-split"},
         }) {
        CAPTURE(row.expected);
        CAPTURE(row.from);
        CHECK(carried_text(row.lines, row.security_class, row.from, row.to) == row.expected);
    }
}

TEST_CASE("each claim on a split is listed once, by its class") {
    const Dossier dossier =
        dossier_of({"source id=filing, type=filing", "split company=xAI, on=2024-05-01, ratio=2:1",
                    "filing: split company=xAI, on=2024-05-01, ratio=3:1",
                    "split company=xAI, on=2024-05-01, ratio=3:1, security_class=Common"});
    const ResolvedCompany company = resolve(dossier);
    std::string text;
    for (const StatedFact& fact : stated_facts(company))
        text += fact.field + ": " + fact.stated + (fact.used ? " used\n" : "\n");
    CHECK(text == "split 2024-05-01: 3:1 used\nsplit 2024-05-01: 2:1\nsplit 2024-05-01: 3:1\n");
}
