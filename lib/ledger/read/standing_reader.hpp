// StandingReader: whether an entry stands, and what keeps it from that, followed through the entries that
// supersede and retract it.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "postmoney/value/timestamp.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

enum class Standing : std::uint8_t {
    stands,
    superseded,  // an entry that supersedes it, directly or through others, is not taken back
    taken_back   // a standing retraction names it, and it is not superseded
};

// An entry with those that correct it and those that it corrects itself.
struct CorrectedEntry {
    bool is_retraction = false;
    std::optional<std::int64_t> supersedes = {};
    std::optional<std::int64_t> retracts = {};
    std::vector<std::int64_t> superseded_by = {};  // in order
    std::vector<std::int64_t> retracted_by = {};
    std::optional<Standing> standing = {};  // null: not asked yet
};

class StandingReader {
  public:
    explicit StandingReader(Connection& connection);

    // Looks at what was recorded by that time, as if there were no later entries.
    void look_at(std::optional<Timestamp> known_at);
    // How the entry stands. What is found on the way is kept, so that to ask of each entry in a chain of
    // corrections takes no longer than to ask of the first.
    [[nodiscard]] Standing of(std::int64_t entry);

    // For who records corrections. Looks at the entries up to that one; those that it has not read correct
    // none.
    void look_until(std::int64_t last_entry) noexcept { last_entry_ = last_entry; }
    // One entry more is looked at, and stands.
    void add(std::int64_t entry);
    // The entry as it is kept; the reference holds until what was read is forgotten.
    [[nodiscard]] CorrectedEntry& read(std::int64_t entry);
    void forget() noexcept { entries_.clear(); }
    // How many entries are kept.
    [[nodiscard]] std::size_t kept() const noexcept { return entries_.size(); }

  private:
    // An entry that is asked, and how many of those that correct it were asked.
    struct Question {
        std::int64_t entry;
        std::size_t asked = 0;
    };
    // The answer; null when it depends on an entry that has to be asked first, which is given in `first`.
    [[nodiscard]] std::optional<Standing> answer(Question& question, std::int64_t& first);

    Statement corrects_;
    Statement corrected_by_;
    Statement last_entry_by_;
    std::unordered_map<std::int64_t, CorrectedEntry> entries_;
    std::int64_t last_entry_ = 0;
};

}  // namespace postmoney::detail
