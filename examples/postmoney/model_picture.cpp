#include "model_picture.hpp"

#include <array>
#include <sstream>

#include "model_text.hpp"
#include "output_file.hpp"

using namespace postmoney;

namespace {

// As many as can be told apart without their colours.
constexpr std::array<std::string_view, 10> dashes{"none",         "8 4", "2 3",  "12 3 2 3", "5 5",
                                                  "12 3 2 3 2 3", "1 6", "16 6", "3 3 9 3",  "20 4 6 4"};
constexpr std::array<std::string_view, 4> shades{"#000000", "#1f5fa8", "#b3471b", "#4d7a2e"};

[[nodiscard]] std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else {
            out += c;
        }
    }
    return out;
}

// A coordinate, in tenths of a pixel.
[[nodiscard]] std::string pixels(const Ratio& value) {
    return value.to_decimal(1, Rounding::half_even).to_string();
}

[[nodiscard]] Ratio scaled(const Ratio& value, const Ratio& whole, std::int64_t size) {
    return whole.is_zero() ? Ratio() : value / whole * Ratio(Decimal(size));
}

// The least number of few digits, with few in its quarters, that is not below the value.
[[nodiscard]] Ratio round_top(const Ratio& value) {
    if (value.sign() <= 0) return value;
    Ratio power(Decimal(1));
    const Ratio ten(Decimal(10));
    while (power * ten <= value) power = power * ten;
    while (power > value) power = power / ten;
    for (const std::int64_t tenths : {10, 12, 16, 20, 24, 32, 40, 60, 80}) {
        const Ratio top = power * Ratio::of(Decimal(tenths), Decimal(10));
        if (top >= value) return top;
    }
    return power * ten;
}

// An amount with at most 2 places and thousands apart.
[[nodiscard]] std::string grouped(const Ratio& value) {
    std::string text = value.to_decimal(2, Rounding::half_even).normalized().to_string();
    const std::size_t point = std::min(text.find('.'), text.size());
    for (std::size_t at = point; at > 3 && text[at - 4] != '-'; at -= 3) text.insert(at - 3, ",");
    return text;
}

void open_picture(std::ostringstream& out, int width, std::size_t height, std::string_view title) {
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\"" << height
        << "\" viewBox=\"0 0 " << width << ' ' << height
        << "\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n"
        << "<title>" << escaped(title) << "</title>\n"
        << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
}

void put_text(std::ostringstream& out, std::string_view x, std::size_t y, std::string_view text,
              std::string_view anchor = "start", std::string_view more = "") {
    out << "<text x=\"" << x << "\" y=\"" << y << "\" text-anchor=\"" << anchor << "\"" << more << ">"
        << escaped(text) << "</text>\n";
}

constexpr std::int64_t plot_left = 110;
constexpr std::int64_t plot_width = 560;
constexpr std::int64_t plot_top = 50;
constexpr std::int64_t plot_height = 330;

struct Scale {
    Ratio from;
    Ratio span;
    Ratio highest;

    [[nodiscard]] std::string x(const Ratio& proceeds) const {
        return pixels(Ratio(Decimal(plot_left)) + scaled(proceeds - from, span, plot_width));
    }
    [[nodiscard]] std::string y(const Ratio& amount) const {
        return pixels(Ratio(Decimal(plot_top + plot_height)) - scaled(amount, highest, plot_height));
    }
};

void draw_axes(std::ostringstream& out, const Scale& scale) {
    out << "<rect x=\"" << plot_left << "\" y=\"" << plot_top << "\" width=\"" << plot_width << "\" height=\""
        << plot_height << "\" fill=\"none\" stroke=\"#000000\"/>\n";
    for (std::int64_t quarter = 0; quarter <= 4; ++quarter) {
        const Ratio part = Ratio::of(Decimal(quarter), Decimal(4));
        const Ratio at = scale.from + scale.span * part;
        put_text(out, scale.x(at), 398, grouped(at), "middle");
        const Ratio amount = scale.highest * part;
        put_text(out, "104", static_cast<std::size_t>(plot_top + plot_height + 4 - plot_height * quarter / 4),
                 grouped(amount), "end");
    }
    put_text(out, "390", 418, "proceeds", "middle");
    put_text(out, "104", 38, "payout", "end");
}

void draw_breakpoints(std::ostringstream& out, const model::ExitOutcome& outcome, const Scale& scale) {
    std::size_t number = 0;
    for (const model::Breakpoint& each : outcome.breakpoints) {
        ++number;
        if (each.at < scale.from || each.at > scale.from + scale.span) continue;
        const std::string x = scale.x(each.at);
        out << "<line x1=\"" << x << "\" x2=\"" << x << "\" y1=\"" << plot_top << "\" y2=\""
            << plot_top + plot_height
            << "\" stroke=\"#888888\" stroke-width=\"0.7\" stroke-dasharray=\"2 2\"/>\n";
        put_text(out, x, number % 2 == 1 ? 46 : 34, std::to_string(number), "middle", " font-size=\"10\"");
    }
}

void draw_lines(std::ostringstream& out, const model::ExitOutcome& outcome, const Scale& scale) {
    for (std::size_t row = 0; row < outcome.payouts.size(); ++row) {
        const std::string style = " stroke=\"" + std::string(shades[row % shades.size()]) +
                                  "\" stroke-width=\"2\" stroke-dasharray=\"" +
                                  std::string(dashes[row % dashes.size()]) + "\"";
        out << "<polyline fill=\"none\"" << style << " points=\"";
        for (const model::CurvePoint& point : outcome.curve)
            out << scale.x(point.proceeds) << ',' << scale.y(point.amounts[row]) << ' ';
        out << "\"/>\n";
        const std::size_t y = 60 + 22 * row;
        out << "<line x1=\"690\" x2=\"740\" y1=\"" << y << "\" y2=\"" << y << "\"" << style << "/>\n";
        put_text(out, "748", y + 4, outcome.payouts[row].name);
    }
}

}  // namespace

std::string payouts_picture(const model::ExitOutcome& outcome) {
    Scale scale{outcome.curve.front().proceeds,
                outcome.curve.back().proceeds - outcome.curve.front().proceeds, Ratio()};
    for (const model::CurvePoint& point : outcome.curve) {
        for (const Ratio& amount : point.amounts) scale.highest = std::max(scale.highest, amount);
    }
    scale.highest = round_top(scale.highest);
    const std::size_t rows = outcome.breakpoints.size();
    const std::size_t table_top = std::max<std::size_t>(450, 80 + 22 * outcome.payouts.size());
    std::ostringstream out;
    open_picture(out, 920, table_top + 40 + 18 * rows, "Payouts over the proceeds of an exit");
    put_text(out, "20", 22, "Payouts over the proceeds", "start", " font-size=\"15\" font-weight=\"bold\"");
    draw_axes(out, scale);
    draw_breakpoints(out, outcome, scale);
    draw_lines(out, outcome, scale);
    put_text(out, "20", table_top, "where payouts change", "start", " font-weight=\"bold\"");
    for (std::size_t row = 0; row < rows; ++row) {
        const model::Breakpoint& each = outcome.breakpoints[row];
        const std::size_t y = table_top + 20 + 18 * row;
        put_text(out, "40", y, std::to_string(row + 1), "end");
        put_text(out, "190", y, grouped(each.at), "end");
        put_text(out, "204", y, each.what + (each.jump ? ", and payouts jump" : ""));
    }
    out << "</svg>\n";
    return out.str();
}

std::string ownership_picture(const model::RoundOutcome& outcome) {
    std::ostringstream out;
    open_picture(out, 920, 110 + 40 * outcome.holdings.size(), "Ownership before and after the round");
    put_text(out, "20", 24, "Ownership before and after the round", "start",
             " font-size=\"15\" font-weight=\"bold\"");
    put_text(out, "20", 46, "of all shares, fully diluted; the upper bar is before, the lower after");
    put_text(out, "790", 66, "before", "end", " font-weight=\"bold\"");
    put_text(out, "880", 66, "after", "end", " font-weight=\"bold\"");
    for (std::size_t row = 0; row < outcome.holdings.size(); ++row) {
        const model::HoldingAfter& each = outcome.holdings[row];
        const std::size_t y = 76 + 40 * row;
        const Ratio one(Decimal(1));
        put_text(out, "250", y + 18, each.holder + ", " + each.class_name, "end");
        out << "<rect x=\"260\" y=\"" << y << "\" height=\"11\" width=\""
            << pixels(scaled(each.before, one, 420)) << "\" fill=\"#ffffff\" stroke=\"#000000\"/>\n"
            << "<rect x=\"260\" y=\"" << y + 13 << "\" height=\"11\" width=\""
            << pixels(scaled(each.percent, one, 420)) << "\" fill=\"#444444\" stroke=\"#000000\"/>\n";
        put_text(out, "790", y + 18, part_cell(each.before, NumberForm::cut), "end");
        put_text(out, "880", y + 18, part_cell(each.percent, NumberForm::cut), "end");
    }
    out << "</svg>\n";
    return out.str();
}

void write_picture(const std::string& file, const std::string& picture) {
    write_output(file, [&](std::ostream& out) { out << picture; });
}
