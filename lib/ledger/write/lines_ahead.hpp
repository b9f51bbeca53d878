// LinesAhead: reads what is to be recorded on another thread, while this one records what came before it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include "base/read_ahead.hpp"
#include "ledger/read/dossier_reader.hpp"
#include "postmoney/fact/facts_line.hpp"

namespace postmoney::detail {

template <class Input>
class LinesAhead {
    // What is to be recorded, and the currencies that were known when it came.
    struct Incoming {
        Input input;
        std::shared_ptr<const Currencies> currencies;
    };

  public:
    // Reads one input; called on both threads, each with a reader of its own.
    using Read = std::function<FactsLine(FactsReader&, const Input&, const Currencies&)>;
    // Gives the line of an input, or throws what is wrong with it.
    class Line {
      public:
        [[nodiscard]] FactsLine&& operator()() const {
            // An amount in a currency that was defined since is read with it.
            const auto& known = ahead_->dossiers_->shared_currencies();
            if (incoming_->currencies != known) {
                *outcome_ = Outcome<FactsLine>::of(
                    [&] { return ahead_->read_(*ahead_->facts_, incoming_->input, *known); });
            }
            return std::move(outcome_->value());
        }

      private:
        friend class LinesAhead;
        Line(const LinesAhead& ahead, const Incoming& incoming, Outcome<FactsLine>& outcome)
            : ahead_(&ahead), incoming_(&incoming), outcome_(&outcome) {}

        const LinesAhead* ahead_;
        const Incoming* incoming_;
        Outcome<FactsLine>* outcome_;
    };
    // Called for each input, in their order.
    using Use = std::function<void(const Input&, const Line&)>;

    // `facts` is for this thread, `facts_ahead` for the other one.
    LinesAhead(DossierReader& dossiers, FactsReader& facts, FactsReader& facts_ahead, Read read, Use use)
        : dossiers_(&dossiers),
          facts_(&facts),
          read_(std::move(read)),
          ahead_([this, &facts_ahead](
                     Incoming& incoming) { return read_(facts_ahead, incoming.input, *incoming.currencies); },
                 [this, use = std::move(use)](Incoming& incoming, Outcome<FactsLine>& outcome) {
                     use(incoming.input, Line(*this, incoming, outcome));
                 }) {}

    // `bytes`: about the size of the input.
    void add(Input input, std::size_t bytes) {
        ahead_.add({std::move(input), dossiers_->shared_currencies()}, bytes);
    }
    // Uses the rest.
    void finish() { ahead_.finish(); }

  private:
    DossierReader* dossiers_;
    FactsReader* facts_;
    Read read_;
    ReadAhead<Incoming, FactsLine> ahead_;
};

}  // namespace postmoney::detail
