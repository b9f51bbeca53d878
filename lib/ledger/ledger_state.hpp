// LedgerState: what a Ledger, its Views and its Batch share: the connection, the readers on it, and who uses
// it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/one_thread.hpp"
#include "ledger/read/dossier_reader.hpp"
#include "ledger/read/total_reader.hpp"
#include "ledger/write/party_registry.hpp"
#include "ledger/write/recorder.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class LedgerState {
  public:
    Connection connection;
    Ledger::Options options;
    DossierReader dossiers{connection};
    PartyRegistry parties{connection};
    TotalReader totals{connection, dossiers};
    FactsReader facts;
    FactsReader facts_ahead;  // for the thread that reads ahead

    LedgerState(const std::filesystem::path& path, Ledger::Options opened);
    explicit LedgerState(Ledger::Options opened) : options(std::move(opened)) {}

    // Made when something is first recorded: its statements take a fifth of the time of opening.
    [[nodiscard]] Recorder& recorder() {
        if (!recorder_) recorder_.emplace(connection, dossiers);
        return *recorder_;
    }

    // To call before the file is written to by others than the recorder, which keeps what it knows of the
    // file.
    void forget_recorder() { recorder_.reset(); }

    // Throws unknown-party with the nearest names, ambiguous-party.
    [[nodiscard]] std::int64_t party(std::string_view name);
    // The parties that have a round of that handle: one, unless merged ledgers used it for several. Throws
    // unknown-round.
    [[nodiscard]] std::vector<std::int64_t> companies_of(std::string_view handle);

    // The companies in whose rounds the party took part, resolved, in the order of their numbers: calls
    // `use(company)` for each.
    template <class Use>
    void for_each_company_of(std::int64_t investor, const Viewpoint& viewpoint,
                             const ResolutionPolicy& policy, const Use& use) {
        for (const std::int64_t company : dossiers.companies_of_investor(investor, viewpoint.known_at)) {
            const Dossier found = dossiers.company(company, viewpoint.known_at).dossier;
            use(resolve(found, policy, viewpoint));
        }
    }

    //--- Who uses it

    // The moment that Views and questions read at: the one that is open, or a new one. Within a batch it is
    // no moment, as the batch goes on.
    [[nodiscard]] std::shared_ptr<Snapshot> moment();
    [[nodiscard]] bool has_batch() const noexcept { return has_batch_; }
    // Throws misuse while a batch is open, a View or a question reads, or a call records of which this is a
    // callback.
    void check_may_record() const;
    // Throws misuse from the callback of a call that records nothing.
    void check_no_callback() const;
    // Throws misuse while what is recorded may yet be taken back; `to_do` is what nobody can do with it
    // meanwhile, such as "view".
    void check_committed(std::string_view to_do) const;

    // A batch is open as long as this is there.
    class Batching {
      public:
        explicit Batching(LedgerState& state) : state_(&state) {
            state.check_may_record();
            state.has_batch_ = true;
        }
        ~Batching() { state_->has_batch_ = false; }
        Batching(const Batching&) = delete;
        Batching& operator=(const Batching&) = delete;

      private:
        LedgerState* state_;
    };

    // A query reads as long as this is there, and SQLite takes no other statement then.
    class Querying {
      public:
        explicit Querying(LedgerState& state) : state_(&state) { state.is_queried_ = true; }
        ~Querying() { state_->is_queried_ = false; }
        Querying(const Querying&) = delete;
        Querying& operator=(const Querying&) = delete;

      private:
        LedgerState* state_;
    };

    // The thread's use of the ledger by one call. Throws misuse while another thread uses it, and from the
    // visitor of a query.
    class Use {
      public:
        explicit Use(LedgerState& state);
        ~Use() { state_->thread_.leave(); }
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;

      private:
        LedgerState* state_;
    };

    // Callbacks come as long as this is there, and they are not to record.
    class Calling {
      public:
        explicit Calling(LedgerState& state) : state_(&state) { ++state.calls_; }
        ~Calling() { --state_->calls_; }
        Calling(const Calling&) = delete;
        Calling& operator=(const Calling&) = delete;

      private:
        LedgerState* state_;
    };

    // One question: a use of the ledger that reads it at one moment.
    class Question {
      public:
        explicit Question(LedgerState& state)
            : use_(state), calling_(state), state_(&state), moment_(state.moment()) {}
        ~Question();
        Question(const Question&) = delete;
        Question& operator=(const Question&) = delete;

      private:
        Use use_;
        Calling calling_;
        LedgerState* state_;
        std::shared_ptr<Snapshot> moment_;
        int exceptions_ = std::uncaught_exceptions();
    };

    // Ends a View's part in a moment, in turn with whoever uses the ledger.
    void let_go(std::shared_ptr<Snapshot>& moment) noexcept {
        thread_.enter_in_turn();
        moment.reset();
        thread_.leave();
    }

  private:
    std::optional<Recorder> recorder_;
    std::weak_ptr<Snapshot> moment_;
    OneThread thread_;
    bool has_batch_ = false;
    bool is_queried_ = false;
    int calls_ = 0;  // that are Calling
};

}  // namespace postmoney::detail

namespace postmoney {

struct Ledger::Impl : detail::LedgerState {
    using LedgerState::LedgerState;
};

}  // namespace postmoney
