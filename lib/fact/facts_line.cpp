#include "postmoney/fact/facts_line.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <new>
#include <numeric>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/sha256.hpp"
#include "fact/canonical_json.hpp"

namespace postmoney {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

//--- Writing: one overload a type of member

class Writer {
  public:
    explicit Writer(detail::CanonicalObject& object) : object_(&object) {}

    template <class T>
    void operator()(std::string_view name, const std::optional<T>& member) const {
        if (member) (*this)(name, *member);
    }
    void operator()(std::string_view name, const std::string& text) const {
        check_utf8(name, text);
        object_->text(name, text);
    }
    // Values that their text says whole: dates, numbers, prices, shares, ratios.
    template <detail::HasText T>
    void operator()(std::string_view name, const T& value) const {
        object_->text(name, value.to_string());
    }
    void operator()(std::string_view name, const Currency& currency) const {
        object_->text(name, currency.code());
    }
    void operator()(std::string_view name, const MetricValue& value) const {
        object_->text(name, to_string(value));
    }
    void operator()(std::string_view name, bool value) const { object_->boolean(name, value); }
    void operator()(std::string_view name, std::int64_t count) const {
        if (count > detail::max_json_integer) {
            object_->text(name, std::to_string(count));
        } else {
            object_->integer(name, count);
        }
    }
    void operator()(std::string_view name, const std::vector<std::string>& texts) const {
        if (texts.empty()) return;
        for (const std::string& text : texts) check_utf8(name, text);
        object_->json(name, detail::json_array(texts));
    }
    void operator()(std::string_view name, const std::map<std::string, std::string>& members) const {
        if (members.empty()) return;
        for (const auto& [key, text] : members) {
            check_utf8(name, key);
            check_utf8(name, text);
        }
        object_->json(name, detail::json_object(members));
    }
    template <detail::Worded Enum>
    void operator()(std::string_view name, Enum value) const {
        object_->text(name, to_string(value));
    }

  private:
    static void check_utf8(std::string_view name, const std::string& text) {
        if (!simdjson::validate_utf8(text)) {
            throw Error::refused(ErrorCode::bad_text, text, "valid UTF-8").in_field(name);
        }
    }

    detail::CanonicalObject* object_;
};

//--- Reading: one overload a type of member

[[noreturn]] void refuse_type(element value, std::string_view expected) {
    if (value.type() == element_type::DOUBLE) {
        throw Error::refused(
            ErrorCode::float_number, simdjson::minify(value),
            "a JSON string or a JSON integer: a number with a fraction or an exponent is a float");
    }
    throw Error::refused(ErrorCode::bad_type, simdjson::minify(value), expected);
}

[[nodiscard]] std::string_view text_of(element value) {
    if (value.type() != element_type::STRING) refuse_type(value, "a JSON string");
    return value.get_string().value_unsafe();
}

// By value, so that a range-for over them keeps them alive.
[[nodiscard]] simdjson::dom::array items_of(element value) {
    return value.get_array().value_unsafe();
}
[[nodiscard]] simdjson::dom::object members_of(element value) {
    return value.get_object().value_unsafe();
}

// The digits of a Number: a JSON string, or a JSON integer that every reader holds exactly.
[[nodiscard]] std::string number_text(element value) {
    switch (value.type()) {
        case element_type::STRING:
            return std::string(text_of(value));
        case element_type::INT64: {
            const std::int64_t number = value.get_int64().value_unsafe();
            if (number <= detail::max_json_integer && number >= -detail::max_json_integer)
                return std::to_string(number);
            break;
        }
        case element_type::UINT64:
            break;
        default:
            refuse_type(value, "a JSON string or a JSON integer");
    }
    throw Error::refused(ErrorCode::out_of_range, simdjson::minify(value),
                         "a JSON string: many readers do not hold a JSON integer beyond 2^53 exactly");
}

struct ValueReader {
    const Currencies* currencies;

    void read(element value, std::string& member) const { member = text_of(value); }
    void read(element value, Amount& member) const { member = Amount::parse(text_of(value), *currencies); }
    void read(element value, PartialDate& member) const { member = PartialDate::parse(text_of(value)); }
    void read(element value, Currency& member) const { member = currencies->get(text_of(value)); }
    void read(element value, Decimal& member) const { member = Decimal::parse(number_text(value)); }
    void read(element value, PricePerShare& member) const {
        member = PricePerShare::parse(text_of(value), *currencies);
    }
    void read(element value, ShareCount& member) const { member = ShareCount::parse(number_text(value)); }
    void read(element value, SplitRatio& member) const { member = SplitRatio::parse(text_of(value)); }
    void read(element value, MetricValue& member) const {
        member = parse_metric_value(number_text(value), *currencies);
    }
    void read(element value, bool& member) const {
        if (value.type() != element_type::BOOL) refuse_type(value, "true or false");
        member = value.get_bool().value_unsafe();
    }
    void read(element value, std::int64_t& member) const {
        const std::string text = number_text(value);
        const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
        if (!digits) throw Error::refused(ErrorCode::bad_number, text, "a whole number, of digits only");
        const auto result = std::from_chars(text.data(), text.data() + text.size(), member);
        if (result.ec != std::errc())
            throw Error::refused(ErrorCode::overflow, text, "a number within 64 bits");
    }
    void read(element value, std::vector<std::string>& member) const {
        if (value.type() != element_type::ARRAY) refuse_type(value, "a JSON array of strings");
        for (const element item : items_of(value)) member.emplace_back(text_of(item));
    }
    void read(element value, std::map<std::string, std::string>& member) const {
        if (value.type() != element_type::OBJECT) refuse_type(value, "a JSON object of strings");
        for (const auto [key, item] : members_of(value)) {
            // At the end, where canonical JSON has it.
            const std::size_t before = member.size();
            member.emplace_hint(member.end(), key, text_of(item));
            if (member.size() == before) {
                throw Error::refused(ErrorCode::duplicate_field, key, "each scheme once");
            }
        }
    }
    template <detail::Worded Enum>
    void read(element value, Enum& member) const {
        member = detail::from_word<Enum>(text_of(value));
    }
    template <class T>
    void read(element value, std::optional<T>& member) const {
        T present = blank_value<T>();
        read(value, present);
        member = std::move(present);
    }
};

template <class T>
constexpr bool is_required = true;
template <class T>
constexpr bool is_required<std::optional<T>> = false;
template <>
constexpr bool is_required<std::vector<std::string>> = false;
template <>
constexpr bool is_required<std::map<std::string, std::string>> = false;

struct Member {
    std::string_view name;
    element value;
};

using LineMembers = std::vector<Member>;

// The fields that a line of a kind may have, each with its place: `kind`, `recorded`, those of every entry,
// and those of the kind, in the order in which these are listed.
class LineFields {
  public:
    static constexpr std::size_t recorded = 1;
    static constexpr std::size_t first_of_entry = 2;

    template <class Content>
    [[nodiscard]] static const LineFields& of() {
        static const LineFields fields([](const auto& add) { Content::fields(add); });
        return fields;
    }

    [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
    [[nodiscard]] std::size_t first_of_content() const noexcept { return first_of_content_; }
    [[nodiscard]] std::optional<std::size_t> place(std::string_view name) const {
        const auto at =
            std::lower_bound(by_name_.begin(), by_name_.end(), name,
                             [&](std::size_t field, std::string_view n) { return names_[field] < n; });
        return at == by_name_.end() || names_[*at] != name ? std::nullopt : std::optional(*at);
    }
    // All of them, for a message.
    [[nodiscard]] std::string list() const {
        std::string text;
        for (const std::string_view name : names_) text.append(text.empty() ? "" : ", ").append(name);
        return text;
    }

  private:
    template <class ForEachOfContent>
    explicit LineFields(const ForEachOfContent& for_each_of_content) : names_{"kind", "recorded"} {
        const auto add = [&](std::string_view name) { names_.push_back(name); };
        Entry::fields(add);
        first_of_content_ = names_.size();
        for_each_of_content(add);
        by_name_.resize(names_.size());
        std::iota(by_name_.begin(), by_name_.end(), std::size_t{0});
        std::sort(by_name_.begin(), by_name_.end(),
                  [&](std::size_t a, std::size_t b) { return names_[a] < names_[b]; });
    }

    std::vector<std::string_view> names_;
    std::vector<std::size_t> by_name_;
    std::size_t first_of_content_ = 0;
};

// What a line gives for each field, by place; null for what it does not give.
using Given = std::vector<const Member*>;

[[nodiscard]] EntryKind kind_of(const LineMembers& members) {
    const auto kind =
        std::find_if(members.begin(), members.end(), [](const Member& m) { return m.name == "kind"; });
    if (kind == members.end()) {
        throw Error(ErrorCode::missing_field, "missing, expected " + detail::list_words<EntryKind>())
            .in_field("kind");
    }
    try {
        const std::string_view text = text_of(kind->value);
        if (const auto found = detail::find_word<EntryKind>(text)) return *found;
        throw Error::refused(ErrorCode::unknown_kind, text, detail::list_words<EntryKind>());
    } catch (const Error& error) {
        throw error.in_field("kind");
    }
}

// Puts each member of a line in its place. Refuses one that the line may not have, or that comes twice.
void place_members(const LineMembers& members, const LineFields& fields, Given& given) {
    given.assign(fields.size(), nullptr);
    for (const Member& member : members) {
        const auto place = fields.place(member.name);
        if (!place) {
            throw Error(ErrorCode::unknown_field, "unknown, expected one of " + fields.list())
                .in_field(member.name);
        }
        if (given[*place] != nullptr) {
            throw Error(ErrorCode::duplicate_field, "given twice, expected each field once")
                .in_field(member.name);
        }
        given[*place] = &member;
    }
}

template <class Content>
void check_required(const Given& given, const Content& content) {
    std::size_t place = LineFields::of<Content>().first_of_content();
    Content::fields(
        [&]<class T>(std::string_view name, const T&) {
            if (given[place++] == nullptr && is_required<T>) {
                throw Error(ErrorCode::missing_field, "missing, expected in every line of this kind")
                    .in_field(name);
            }
        },
        content);
}

[[nodiscard]] std::string canonical(element value);

// A member as canonical JSON: its value is kept as it was given.
void add_member(detail::CanonicalObject& object, std::string_view name, element value) {
    switch (value.type()) {
        case element_type::STRING:
            return object.text(name, text_of(value));
        case element_type::INT64:
            return object.integer(name, value.get_int64().value_unsafe());
        case element_type::BOOL:
            return object.boolean(name, value.get_bool().value_unsafe());
        case element_type::NULL_VALUE:
            return object.null(name);
        case element_type::ARRAY:
        case element_type::OBJECT:
            return object.json(name, canonical(value));
        default:
            refuse_type(value, "a JSON string, integer or boolean");  // not reached: no field takes it
    }
}

std::string canonical(element value) {
    if (value.type() == element_type::OBJECT) {
        detail::CanonicalObject object;
        for (const auto [name, item] : members_of(value)) add_member(object, name, item);
        return object.json();
    }
    if (value.type() == element_type::ARRAY) {
        std::string json = "[";
        for (const element item : items_of(value)) json += (json.size() > 1 ? "," : "") + canonical(item);
        return json + "]";
    }
    if (value.type() == element_type::STRING) {
        std::string json;
        detail::append_json_string(json, text_of(value));
        return json;
    }
    return simdjson::minify(value);  // an integer, true, false or null
}

// Canonical JSON from the parsed line, without `recorded`.
[[nodiscard]] std::string body_of(const LineMembers& members, detail::CanonicalObject& object) {
    object.clear();
    for (const auto& [name, value] : members) {
        if (name != "recorded") add_member(object, name, value);
    }
    return object.json();
}

// In our words: simdjson's differ from version to version.
[[nodiscard]] std::string_view expected_instead(simdjson::error_code error) {
    switch (error) {
        case simdjson::UTF8_ERROR:
            return "one JSON object, in valid UTF-8";
        case simdjson::STRING_ERROR:
            return "one JSON object, with escapes in its strings that JSON knows and no lone surrogates";
        case simdjson::UNESCAPED_CHARS:
            return "one JSON object, with the control characters in its strings escaped";
        case simdjson::NUMBER_ERROR:
            return "one JSON object, with numbers in it that are integers within 64 bits";
        default:
            return "one JSON object";
    }
}

}  // namespace

struct FactsReader::Impl {
    simdjson::dom::parser parser{max_line};
    std::string padded;
    LineMembers members;
    Given given;
    detail::CanonicalObject object;
    detail::Sha256 sha256;

    static void check_length(std::string_view text, std::size_t most, const char* what) {
        if (text.size() <= most) return;
        throw Error(ErrorCode::bad_json, std::string(what) + " of " + std::to_string(text.size()) +
                                             " bytes, expected at most " + std::to_string(most));
    }
    static void check_body(std::string_view body) { check_length(body, max_body, "an entry"); }

    void parse(std::string_view line) {
        check_length(line, max_line, "a line");
        padded.assign(line);
        padded.append(simdjson::SIMDJSON_PADDING, '\0');
        element root;
        const auto error = parser.parse(padded.data(), line.size(), false).get(root);
        if (error == simdjson::MEMALLOC) {
            parser = simdjson::dom::parser{max_line};  // it cannot be used after that
            throw std::bad_alloc();
        }
        if (error != simdjson::SUCCESS) {
            throw Error::refused(ErrorCode::bad_json, line, expected_instead(error));
        }
        if (root.type() != element_type::OBJECT)
            throw Error::refused(ErrorCode::bad_json, line, "one JSON object");
        members.clear();
        for (const auto [name, value] : members_of(root)) members.push_back({name, value});
    }

    template <class Content>
    void read_content(Entry& entry, const Currencies& currencies) {
        auto& content = entry.content.emplace<Content>();
        place_members(members, LineFields::of<Content>(), given);
        check_required(given, content);
        const ValueReader reader{&currencies};
        std::size_t place = LineFields::first_of_entry;
        const auto read = [&](std::string_view name, auto& field) {
            const Member* member = given[place++];
            if (member == nullptr) return;
            try {
                reader.read(member->value, field);
            } catch (const Error& error) {
                throw error.in_field(name);
            }
        };
        Entry::fields(read, entry);
        Content::fields(read, content);
    }

    // All but the body and the id.
    [[nodiscard]] FactsLine read(std::string_view line, const Currencies& currencies) {
        parse(line);
        FactsLine result{.entry = {}, .id = {}, .body = {}, .recorded = {}};
        visit_kind(kind_of(members),
                   [&]<ContentKind Content>() { read_content<Content>(result.entry, currencies); });
        check_form(result.entry);
        result.recorded = recorded();
        return result;
    }

    [[nodiscard]] std::optional<Timestamp> recorded() const {
        const Member* member = given[LineFields::recorded];
        if (member == nullptr) return std::nullopt;
        try {
            return Timestamp::parse(text_of(member->value));
        } catch (const Error& error) {
            throw error.in_field("recorded");
        }
    }
};

FactsReader::FactsReader() : impl_(std::make_unique<Impl>()) {}
FactsReader::FactsReader(FactsReader&&) noexcept = default;
FactsReader& FactsReader::operator=(FactsReader&&) noexcept = default;
FactsReader::~FactsReader() = default;

FactsLine FactsReader::read(std::string_view line, const Currencies& currencies) {
    FactsLine result = impl_->read(line, currencies);
    result.body = body_of(impl_->members, impl_->object);
    Impl::check_body(result.body);
    result.id = EntryId{impl_->sha256(result.body)};
    return result;
}

FactsLine FactsReader::read_canonical(std::string body, const Currencies& currencies) {
    FactsLine result = impl_->read(body, currencies);
    result.id = EntryId{impl_->sha256(body)};
    result.body = std::move(body);
    return result;
}

Entry FactsReader::read_entry(std::string_view line, const Currencies& currencies) {
    return impl_->read(line, currencies).entry;
}

namespace {

// Refuses an amount in a unit that the ledger does not know, or counts in other decimals. Those of ISO 4217
// are the same everywhere.
class UnitCheck {
  public:
    explicit UnitCheck(const Currencies& currencies) : currencies_(&currencies) {}

    template <class T>
    void operator()(std::string_view name, const std::optional<T>& member) const {
        if (member) (*this)(name, *member);
    }
    template <class T>
    void operator()(std::string_view name, const T& member) const {
        try {
            check(member);
        } catch (const Error& error) {
            throw error.in_field(name);
        }
    }

  private:
    template <class T>
    void check(const T&) const {}
    void check(const Currency& currency) const {
        if (Currency::find_iso(currency.code()) == currency) return;
        const Currency known = currencies_->get(currency.code());
        if (known == currency) return;
        throw Error::refused(
            ErrorCode::currency_redefined, currency.code(),
            "the unit on record, which has " + std::to_string(known.decimals()) + " decimals");
    }
    void check(const Amount& amount) const {
        if (amount.disclosed()) check(*amount.currency());
    }
    void check(const PricePerShare& price) const { check(price.currency()); }
    void check(const MetricValue& value) const {
        if (const auto* amount = std::get_if<Amount>(&value)) check(*amount);
    }

    const Currencies* currencies_;
};

// The entry as canonical JSON; its form has been checked.
[[nodiscard]] std::string canonical_of(const Entry& entry, detail::CanonicalObject& object) {
    object.clear();
    object.text("kind", to_string(entry.kind()));
    const Writer write(object);
    Entry::fields(write, entry);
    std::visit([&](const auto& content) { std::decay_t<decltype(content)>::fields(write, content); },
               entry.content);
    return object.json();
}

}  // namespace

FactsLine FactsReader::line(Entry entry, const Currencies& currencies) {
    check_form(entry);
    std::visit(
        [&](const auto& content) { std::decay_t<decltype(content)>::fields(UnitCheck(currencies), content); },
        entry.content);
    FactsLine result{.entry = std::move(entry), .id = {}, .body = {}, .recorded = {}};
    result.body = canonical_of(result.entry, impl_->object);
    Impl::check_body(result.body);
    result.id = EntryId{impl_->sha256(result.body)};
    return result;
}

std::string canonical_json(const Entry& entry) {
    check_form(entry);
    detail::CanonicalObject object;
    return canonical_of(entry, object);
}

EntryId entry_id(const Entry& entry) {
    return EntryId{detail::Sha256()(canonical_json(entry))};
}

}  // namespace postmoney
