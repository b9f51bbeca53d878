// PartyRegistry: which party a name means, and what party lines do to that.
//
// A name means the party that a standing party line gives it to, or the party that first came up under it, or
// the party that a standing claim names so. Party lines can show parties to be one as long as they stand:
// `root` is the number that a party shares with all that it is the same as, the lowest among theirs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/write/name_scope.hpp"
#include "ledger/write/namesakes.hpp"
#include "postmoney/fact/party.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class PartyRegistry {
  public:
    // `scope` tells which of the parties of a name that fits several is meant, and whether what is read was
    // on record elsewhere; null: nothing is recorded, and such a name is refused.
    explicit PartyRegistry(Connection& connection, NameScope* scope = nullptr);

    // The party of that name or `scheme:value`, the lowest where several are one; null for a name that nobody
    // has yet. Throws ambiguous-party; unknown-party for a `scheme:value`.
    [[nodiscard]] std::optional<std::int64_t> find(std::string_view name);
    [[nodiscard]] std::int64_t root(std::int64_t party);
    [[nodiscard]] std::string name(std::int64_t root);

    // A new party, by the name that it first came up with. What names it is added once its entry is on
    // record.
    std::int64_t create(std::string_view name);
    // The same of a party that a line is the first to tell of, with its profile.
    std::int64_t create(const Party& line);
    // A claim in this entry, which first named the party, gives it its name.
    void add_name(std::int64_t party, std::string_view name, std::int64_t entry);
    // To call when a transaction has begun or was rolled back to a savepoint: other parties may be there now.
    void refresh_numbers();

    // The parties that a party line is about, found by its ids, by what it supersedes and by its names: none
    // for a new party, several when it shows them to be one. Throws ambiguous-party.
    [[nodiscard]] std::vector<std::int64_t> match(const Party& line, std::optional<std::int64_t> superseded);
    // Records the names and ids of the line in this entry for the party and the others that it matched, and
    // that these are one.
    void add(const Party& line, std::int64_t party, const std::vector<std::int64_t>& matched,
             std::int64_t entry);
    // The roots of the parties that the party line in `entry` shows to be one.
    [[nodiscard]] std::set<std::int64_t> united_roots(std::int64_t entry);
    // To call when that line was just recorded: the parties of all these roots have the lowest of them from
    // now on, with what their lines say together.
    void unite(const std::set<std::int64_t>& roots);
    // To call when the party line in `entry`, recorded before, begins or ceases to stand: gives the parties
    // that it unites their roots. Returns the roots that they had or have now; empty when the line unites
    // none.
    [[nodiscard]] std::set<std::int64_t> refresh_roots(std::int64_t entry);

    // Brings the party's current name and profile in line with its standing party lines.
    void refresh_profile(std::int64_t root);
    // The same when the party line in `entry` was just recorded, and nothing else changed.
    void add_to_profile(std::int64_t root, std::int64_t entry);

  private:
    // A field of a profile, and the place of the line that says so in the order by which the latest one
    // counts: `recorded`, then the id.
    struct ProfileField {
        std::optional<std::string> text = {};
        std::pair<std::int64_t, std::string> place = {};

        void take(const ProfileField& other) {
            if (other.text && (!text || place < other.place)) *this = other;
        }
    };
    // Name, type, country, founded and market. Lines on one party complete each other.
    struct Profile {
        std::array<ProfileField, 5> fields = {};

        void take(const Profile& other) {
            for (std::size_t i = 0; i < fields.size(); ++i) fields[i].take(other.fields[i]);
        }
    };
    using Identifiers = Namesakes::Identifiers;

    // A party that a name fits.
    struct Fit {
        std::int64_t root;
        std::int64_t party;

        friend bool operator==(const Fit&, const Fit&) = default;
    };

    // What a name or an id fits, by party, and whether a line gives it to a party that was taken back.
    struct Named {
        std::vector<Fit> fits = {};
        bool taken_back = false;
    };
    // Asks the statement, whose rows are lines with the highest party first and say whether they count, for
    // the parties below its last parameter. One line that counts is enough for a party.
    template <class... Keys>
    [[nodiscard]] static Named named(Statement& lines, const Keys&... keys);
    [[nodiscard]] static std::vector<Fit> collect(Statement& statement);
    static void append(std::vector<Fit>& fits, const Statement& row);
    [[nodiscard]] static std::vector<std::int64_t> roots(const std::vector<Fit>& fits);
    [[nodiscard]] std::vector<Fit> by_name(std::string_view composed);
    [[nodiscard]] std::vector<Fit> by_identifier(std::string_view scheme, std::string_view value);
    // The parties of the name that the line may mean: of those matched before, if any of them may, else of
    // all.
    [[nodiscard]] std::vector<Fit> that_may_be(std::string_view name, const Party& line,
                                               const std::vector<Fit>& matched);
    // The same of a name of so many parties that those which lack an id are kept.
    [[nodiscard]] std::vector<Fit> that_may_be(std::string_view name, const Namesakes::Parties& without_id,
                                               const Party& line, const std::vector<Fit>& matched);
    void keep_namesakes(const std::string& name, const Party& line, const std::vector<Fit>& fits);
    // By scheme. The reference holds until parties or their ids change.
    [[nodiscard]] const Identifiers& identifiers(std::int64_t root);
    [[nodiscard]] bool conflict(std::int64_t root, const Identifiers& ids);
    // Keeps the ids of parties that become one, where no two differ.
    void unite_identifiers(const std::set<std::int64_t>& roots);
    // What the lines say that are the rows of the statement.
    [[nodiscard]] static Profile read_profile(Statement& lines);
    void write_profile(std::int64_t root, const Profile& profile);
    void forget_kept();
    [[nodiscard]] std::string describe(const std::vector<std::int64_t>& roots);
    void refuse_conflicts(const Party& line, const std::vector<std::int64_t>& roots);
    // Of these those that entries of the chain itself give the name; all, where none does.
    [[nodiscard]] std::vector<std::int64_t> named_by_chain(std::string_view name,
                                                           const std::vector<std::int64_t>& roots);
    // Leaves those of one party. Throws ambiguous-party.
    void keep_one_party(std::vector<Fit>& fits, std::string_view name);
    // Leaves out the parties that cannot be the same as those before them.
    void drop_conflicts(std::vector<Fit>& fits);
    [[noreturn]] void refuse_ambiguous(std::string_view name, const std::vector<std::int64_t>& roots);

    [[nodiscard]] bool reads_as_written() const { return scope_ != nullptr && scope_->reads_as_written(); }

    Connection* connection_;
    NameScope* scope_;
    Statement by_name_;
    Statement by_name_of_root_;
    Statement by_claim_;
    Statement by_identifier_;
    Statement by_any_identifier_;
    Statement root_of_;
    Statement name_of_;
    Statement identifiers_of_;
    Statement last_party_number_;
    Statement insert_party_;
    Statement insert_name_;
    Statement insert_identifier_;
    Statement insert_union_;
    Statement united_with_;
    Statement unions_among_;
    Statement set_root_;
    Statement united_roots_;
    Statement move_root_;
    Statement lines_of_;
    Statement line_;
    Statement first_name_of_;
    Statement set_profile_;

    std::int64_t last_party_ = 0;
    // What was read or worked out since the transaction began, by root.
    std::unordered_map<std::int64_t, Profile> profiles_;
    std::unordered_map<std::int64_t, Identifiers> identifiers_;
    Namesakes namesakes_;
};

}  // namespace postmoney::detail
