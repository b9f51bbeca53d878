// LookupCache: keeps what texts were found to mean, so that the next lookup needs no SQL.
//
// It keeps only what was found, never that something was missing, and drops everything when it is full. A
// bulk load looks up the same few names again and again.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace postmoney::detail {

template <class Value>
class LookupCache {
  public:
    [[nodiscard]] const Value* find(std::string_view text) const {
        const auto at = values_.find(text);
        return at == values_.end() ? nullptr : &at->second;
    }
    const Value& add(std::string_view text, Value value) {
        if (values_.size() >= most) values_.clear();
        return values_.insert_or_assign(std::string(text), std::move(value)).first->second;
    }
    void forget(std::string_view text) {
        const auto at = values_.find(text);
        if (at != values_.end()) values_.erase(at);
    }
    void clear() { values_.clear(); }

  private:
    static constexpr std::size_t most = 32'768;  // a few megabytes
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    std::unordered_map<std::string, Value, Hash, std::equal_to<>> values_;
};

}  // namespace postmoney::detail
