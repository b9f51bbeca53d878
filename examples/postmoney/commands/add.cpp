#include <iostream>
#include <type_traits>
#include <utility>

#include "command.hpp"
#include "record_one.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

template <class T>
struct WithoutOptional {
    using type = T;
};
template <class T>
struct WithoutOptional<std::optional<T>> {
    using type = T;
};

[[nodiscard]] Json number_or_text(const std::string& text) {
    constexpr std::size_t most_digits = 18;
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const bool is_number = text.size() > sign && text.size() <= most_digits &&
                           text.find_first_not_of("0123456789", sign) == std::string::npos;
    return is_number ? Json(std::stoll(text)) : Json(text);
}

// Throws duplicate-field: of two values none is taken in silence.
void set_once(Json& object, const std::string& name, Json value) {
    if (object.contains(name)) {
        throw Error(ErrorCode::duplicate_field, "given twice, expected each field once").in_field(name);
    }
    object[name] = std::move(value);
}

// Puts the value into the line as a field of that type takes it; what is no such value is refused by whoever
// reads the line.
template <class Member>
void put(Json& line, const std::string& name, const std::string& value) {
    using Type = typename WithoutOptional<Member>::type;
    if constexpr (std::is_same_v<Type, bool>) {
        set_once(line, name, value == "true" ? Json(true) : value == "false" ? Json(false) : Json(value));
    } else if constexpr (std::is_integral_v<Type>) {
        set_once(line, name, number_or_text(value));
    } else if constexpr (std::is_same_v<Type, std::vector<std::string>>) {
        line[name].push_back(value);
    } else if constexpr (std::is_same_v<Type, std::map<std::string, std::string>>) {
        const std::size_t equals = value.find('=');
        if (equals == std::string::npos)
            throw Error::refused(ErrorCode::bad_text, value, "NAME=VALUE").in_field(name);
        set_once(line[name], value.substr(0, equals), value.substr(equals + 1));
    } else {
        set_once(line, name, value);
    }
}

void put(Json& line, EntryKind kind, const std::string& name, const std::string& value) {
    bool done = false;
    visit_kind(kind, [&]<ContentKind Kind>() {
        const Kind blank;
        Kind::fields(
            [&](std::string_view field, const auto& member) {
                if (field != name) return;
                put<std::remove_cvref_t<decltype(member)>>(line, name, value);
                done = true;
            },
            blank);
    });
    if (!done) set_once(line, name, value);
}

class AddCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("KIND", kind_);
        parser.rest(fields_);
    }

    int run(const ProgramOptions& program) const override { return record_line(program, line()); }

  private:
    // The facts line that the options spell.
    [[nodiscard]] std::string line() const {
        const auto kind = detail::find_word<EntryKind>(kind_);
        if (!kind)
            throw Error::refused(ErrorCode::unknown_kind, kind_, detail::list_words<EntryKind>())
                .in_field("KIND");
        Json line{{"kind", kind_}};
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            const std::string& option = fields_[i];
            if (!option.starts_with("--") || option.size() < 3)
                throw Error::refused(ErrorCode::misuse, option, "--FIELD and its value");
            const std::size_t equals = option.find('=');
            std::string name = option.substr(2, equals == std::string::npos ? equals : equals - 2);
            std::replace(name.begin(), name.end(), '-', '_');
            if (equals != std::string::npos) {
                put(line, *kind, name, option.substr(equals + 1));
                continue;
            }
            if (++i == fields_.size()) throw Error(ErrorCode::misuse, option + " has no value");
            put(line, *kind, name, fields_[i]);
        }
        return line.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    std::string kind_;
    std::vector<std::string> fields_;
};

}  // namespace

std::unique_ptr<Command> make_add() {
    return std::make_unique<AddCommand>();
}
