// RoundLinks: which handles are of one round.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/early_filing.hpp"
#include "postmoney/answer/round_lines.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// An amendment of a notice that is not on record, and the rounds that it may be of: several, or one of
// another instrument, so that it joins none of them.
struct AmendmentGap {
    const Claim* notice;
    std::vector<std::string> candidates;  // by their names
};

// Which handles are of one round: those that amendments link, and notices under one file number of the SEC,
// which the amendments of an offering keep (so that a notice between two others may be missing). An amendment
// whose notice before is not on record joins the one round with a notice that it can amend: of the same first
// sale, not published later, and not under another file number. A group goes by the handle that amends none
// of the others, or by the first in the order of text when that notice is not there.
class RoundLinks {
  public:
    explicit RoundLinks(const Dossier& dossier) {
        std::map<std::string, std::string> by_file_number;
        for (const Claim& claim : dossier.claims) {
            const auto* statement = claim.as<RoundStatement>();
            if (statement == nullptr) continue;
            handles_.insert(statement->round);
            if (const std::string* number = file_number(*statement)) {
                numbered_.insert(find(statement->round));
                unite(statement->round, by_file_number.emplace(*number, statement->round).first->second);
            }
            if (!statement->amends || *statement->amends == statement->round) continue;
            amended_[statement->round].insert(*statement->amends);
            unite(statement->round, *statement->amends);
        }
        join_amendments(dossier);
        for (const std::string& handle : handles_) {
            std::string& name = names_[find(handle)];
            const bool better = name.empty() || (amends_another(name) && !amends_another(handle));
            if (better) name = handle;
        }
        for (AmendmentGap& gap : gaps_) {
            for (std::string& candidate : gap.candidates) candidate = name(candidate);
        }
        for (const std::string& handle : handles_) by_name_[name(handle)].push_back(handle);
    }

    // The handle that the round of this handle goes by.
    [[nodiscard]] const std::string& name(const std::string& handle) const {
        const auto at = names_.find(find(handle));
        return at == names_.end() ? handle : at->second;
    }

    // Every handle on record of the round of that name, in the order of text.
    [[nodiscard]] std::vector<std::string> handles_of(const std::string& name) const {
        const auto at = by_name_.find(name);
        // Of a round that closings alone state there is no line.
        return at == by_name_.end() ? std::vector<std::string>{name} : at->second;
    }

    [[nodiscard]] const std::vector<AmendmentGap>& gaps() const noexcept { return gaps_; }

  private:
    // The notices of a group, all of which amend one that is not on record.
    struct Orphans {
        std::vector<const Claim*> notices = {};
        bool has_other = false;  // something else is stated too

        [[nodiscard]] std::optional<PartialDate> published() const {
            std::optional<PartialDate> first;
            for (const Claim* notice : notices) {
                const auto date = published_of(*notice);
                if (date && (!first || date->last_day() < first->last_day())) first = date;
            }
            return first;
        }
    };

    [[nodiscard]] const std::string& find(const std::string& handle) const {
        const std::string* at = &handle;
        for (auto next = parent_.find(*at); next != parent_.end(); next = parent_.find(*at))
            at = &next->second;
        return *at;
    }
    // The smaller group goes under the root of the larger one, so that no way to a root is long.
    void unite(const std::string& a, const std::string& b) {
        std::string root = find(a);
        std::string other = find(b);
        if (root == other) return;
        if (size_of(root) < size_of(other)) std::swap(root, other);
        size_[root] = size_of(root) + size_of(other);
        if (numbered_.erase(other) != 0) numbered_.insert(root);
        parent_.emplace(std::move(other), std::move(root));
    }
    [[nodiscard]] std::size_t size_of(const std::string& root) const {
        const auto at = size_.find(root);
        return at == size_.end() ? 1 : at->second;
    }

    [[nodiscard]] static bool is_amendment(const Claim& claim) {
        return source_type(claim) == SourceType::filing &&
               claim.as<RoundStatement>()->attributes.contains(
                   std::string(RoundStatement::amendment_attribute));
    }

    [[nodiscard]] bool amends_another(const std::string& handle) const {
        const auto at = amended_.find(handle);
        return at != amended_.end() &&
               std::any_of(at->second.begin(), at->second.end(),
                           [&](const std::string& target) { return handles_.contains(target); });
    }

    // Notices of filings by the first and last day of their first sale.
    using NoticesBySale = std::map<std::pair<date::sys_days, date::sys_days>, std::vector<const Claim*>>;
    [[nodiscard]] static NoticesBySale::key_type key_of(const PartialDate& first_sale) {
        return {first_sale.first_day(), first_sale.last_day()};
    }

    void join_amendments(const Dossier& dossier) {
        const bool none = std::none_of(dossier.claims.begin(), dossier.claims.end(), [](const Claim& claim) {
            return claim.as<RoundStatement>() != nullptr && is_amendment(claim);
        });
        if (none) return;
        std::map<std::string, Orphans> groups;
        NoticesBySale notices;
        for (const Claim& claim : dossier.claims) {
            const auto* statement = claim.as<RoundStatement>();
            if (statement == nullptr) continue;
            Orphans& group = groups[find(statement->round)];
            if (is_amendment(claim)) {
                group.notices.push_back(&claim);
            } else {
                group.has_other = true;
            }
            if (source_type(claim) == SourceType::filing && statement->first_sale)
                notices[key_of(*statement->first_sale)].push_back(&claim);
        }
        // In the order of time, so that an amendment of an amendment finds the round that this has joined.
        std::map<std::tuple<date::sys_days, std::string>, const Orphans*> in_order;
        for (const auto& [root, group] : groups) {
            const auto published = group.published();
            if (!group.has_other && published)
                in_order[{published->last_day(), least_handle(group)}] = &group;
        }
        for (const auto& [place, group] : in_order) join(*group, std::get<0>(place), notices);
    }

    [[nodiscard]] static std::string least_handle(const Orphans& group) {
        std::string least;
        for (const Claim* notice : group.notices) {
            const std::string& handle = notice->as<RoundStatement>()->round;
            if (least.empty() || handle < least) least = handle;
        }
        return least;
    }

    // Whether the round of the handle has a file number. Rounds with two are two offerings.
    [[nodiscard]] bool has_number(const std::string& handle) const {
        return numbered_.contains(find(handle));
    }

    // Whether the notices say instruments, and none of these.
    [[nodiscard]] static bool contradict(const Orphans& group, const std::set<Instrument>& instruments) {
        std::set<Instrument> own;
        for (const Claim* notice : group.notices) {
            if (const auto& instrument = notice->as<RoundStatement>()->instrument) own.insert(*instrument);
        }
        return !own.empty() && !instruments.empty() &&
               std::none_of(own.begin(), own.end(),
                            [&](Instrument instrument) { return instruments.contains(instrument); });
    }

    // What the group may amend.
    struct Amendable {
        std::map<std::string, std::string> candidates = {};  // by root the least handle
        std::set<Instrument> instruments = {};
    };
    [[nodiscard]] Amendable amendable(const Orphans& group, date::sys_days published,
                                      const NoticesBySale& notices) const {
        const std::string& own = group.notices.front()->as<RoundStatement>()->round;
        std::set<NoticesBySale::key_type> sales;
        for (const Claim* notice : group.notices) {
            if (const auto& sale = notice->as<RoundStatement>()->first_sale) sales.insert(key_of(*sale));
        }
        Amendable found;
        for (const auto& sale : sales) {
            const auto at = notices.find(sale);
            if (at == notices.end()) continue;
            for (const Claim* notice : at->second) {
                const auto& statement = *notice->as<RoundStatement>();
                const auto date = published_of(*notice);
                if (find(statement.round) == find(own) || (date && date->last_day() > published) ||
                    (has_number(own) && has_number(statement.round)))
                    continue;
                std::string& least = found.candidates[find(statement.round)];
                if (least.empty() || statement.round < least) least = statement.round;
                if (statement.instrument) found.instruments.insert(*statement.instrument);
            }
        }
        return found;
    }

    void join(const Orphans& group, date::sys_days published, const NoticesBySale& notices) {
        const std::string own = group.notices.front()->as<RoundStatement>()->round;
        const auto [candidates, instruments] = amendable(group, published, notices);
        const bool is_open =
            candidates.size() > 1 || (candidates.size() == 1 && contradict(group, instruments));
        if (is_open) {
            AmendmentGap& gap = gaps_.emplace_back(AmendmentGap{group.notices.front(), {}});
            for (const auto& [root, handle] : candidates) gap.candidates.push_back(handle);
            std::sort(gap.candidates.begin(), gap.candidates.end());
        }
        if (is_open || candidates.empty()) return;
        const std::string& target = candidates.begin()->second;
        for (const Claim* notice : group.notices)
            amended_[notice->as<RoundStatement>()->round].insert(target);
        unite(own, target);
    }

    std::set<std::string> handles_;
    std::set<std::string> numbered_;                        // roots of those with a file number
    std::map<std::string, std::set<std::string>> amended_;  // by handle those that it amends
    std::map<std::string, std::string> parent_;
    std::map<std::string, std::size_t> size_;                  // by root, of groups of several
    std::map<std::string, std::string> names_;                 // root to the name of the round
    std::map<std::string, std::vector<std::string>> by_name_;  // the handles of each
    std::vector<AmendmentGap> gaps_;
};

}  // namespace POSTMONEY_NAMESPACE::detail
