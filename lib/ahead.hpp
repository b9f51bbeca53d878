// Ahead: prepares inputs on another thread while what came of those before them is used on this one.
//
// Inputs go in blocks: one is filled, the one before it is prepared, and the one before that is used. What
// fits into one block needs no other thread, and does without one where the system gives none.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <future>
#include <optional>
#include <utility>
#include <vector>

namespace postmoney::detail {

// What a call came to: its value, or what it threw.
template <class T>
class Outcome {
  public:
    template <class Call>
    [[nodiscard]] static Outcome of(const Call& call) {
        Outcome outcome;
        try {
            outcome.value_.emplace(call());
        } catch (...) {
            outcome.thrown_ = std::current_exception();
        }
        return outcome;
    }

    // The value, once. Throws what the call threw.
    [[nodiscard]] T take() {
        if (thrown_) std::rethrow_exception(thrown_);
        return *std::move(value_);
    }

  private:
    Outcome() = default;

    std::optional<T> value_;
    std::exception_ptr thrown_;
};

template <class In, class Out>
class Ahead {
  public:
    // Called for one input at a time, mostly on another thread: it must not touch what `use` does.
    using Prepare = std::function<Out(In&)>;
    // Called for each input, in their order, within `add` and `finish`. What it throws comes out of these,
    // and the rest is dropped.
    using Use = std::function<void(In&, Outcome<Out>)>;

    Ahead(Prepare prepare, Use use) : prepare_(std::move(prepare)), use_(std::move(use)) {}
    Ahead(const Ahead&) = delete;
    Ahead& operator=(const Ahead&) = delete;
    ~Ahead() = default;  // waits for what is being prepared

    // `bytes`: about what the input takes, to bound the memory of a block.
    void add(In input, std::size_t bytes) {
        filling_.push_back(std::move(input));
        bytes_ += bytes;
        if (filling_.size() < most_inputs && bytes_ < most_bytes) return;
        Block before = prepared();
        // Where no thread can be had, it is prepared when it is asked for.
        ahead_ = std::async(std::launch::async | std::launch::deferred,
                            [this, inputs = take_filled()]() mutable { return prepare(std::move(inputs)); });
        use(before);
    }

    // Prepares and uses the rest.
    void finish() {
        Block before = prepared();
        use(before);
        Block last = prepare(take_filled());
        use(last);
    }

  private:
    static constexpr std::size_t most_inputs = 256;
    static constexpr std::size_t most_bytes = std::size_t{256} << 10U;

    struct Block {
        std::vector<In> inputs;
        std::vector<Outcome<Out>> outcomes;
    };

    [[nodiscard]] std::vector<In> take_filled() {
        bytes_ = 0;
        return std::exchange(filling_, {});
    }
    [[nodiscard]] Block prepare(std::vector<In> inputs) const {
        Block block{std::move(inputs), {}};
        block.outcomes.reserve(block.inputs.size());
        for (In& input : block.inputs)
            block.outcomes.push_back(Outcome<Out>::of([&] { return prepare_(input); }));
        return block;
    }
    [[nodiscard]] Block prepared() { return ahead_.valid() ? ahead_.get() : Block(); }
    void use(Block& block) const {
        for (std::size_t i = 0; i < block.inputs.size(); ++i)
            use_(block.inputs[i], std::move(block.outcomes[i]));
    }

    Prepare prepare_;
    Use use_;
    std::vector<In> filling_;
    std::size_t bytes_ = 0;
    std::future<Block> ahead_;  // the last member: it works with the others until it is destroyed
};

}  // namespace postmoney::detail
