// EntryNames: the names by which an entry refers to parties, a round and another entry, found by the roles of
// its kind's fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "postmoney/fact/entry.hpp"

namespace postmoney::detail {

// A field that names something.
struct NamingField {
    std::string_view field = {};        // empty: the kind has no such field
    const std::string* name = nullptr;  // null: the entry does not give it

    explicit operator bool() const noexcept { return name != nullptr; }
};

struct EntryNames {
    NamingField subject = {};
    NamingField counterparty = {};
    NamingField round = {};
    NamingField target = {};
};

// Visits a kind's fields and takes those that name something.
class NameCollector {
  public:
    explicit NameCollector(EntryNames& names) : names_(&names) {}

    void operator()(const FieldName& field, const std::string& name) const { take(field, &name); }
    void operator()(const FieldName& field, const std::optional<std::string>& name) const {
        take(field, name ? &*name : nullptr);
    }
    template <class T>
    void operator()(const FieldName&, const T&) const {}  // only a text names something

  private:
    void take(const FieldName& field, const std::string* name) const {
        const NamingField naming{field.text, name};
        if (field.role == FieldRole::subject) names_->subject = naming;
        if (field.role == FieldRole::counterparty) names_->counterparty = naming;
        if (field.role == FieldRole::round) names_->round = naming;
        if (field.role == FieldRole::target) names_->target = naming;
    }

    EntryNames* names_;
};

// They refer to the content, which has to live as long.
[[nodiscard]] inline EntryNames names_in(const EntryContent& content) {
    EntryNames names;
    std::visit([&](const auto& kind) { std::decay_t<decltype(kind)>::fields(NameCollector(names), kind); },
               content);
    return names;
}
EntryNames names_in(EntryContent&&) = delete;

}  // namespace postmoney::detail
