// ReadAhead: prepares inputs on another thread while this thread uses the results of earlier ones.
//
// Inputs go in blocks: one is filled, the one before it is prepared, and the one before that is used. Inputs
// that fit into one block need no other thread. If the system gives no thread, this one prepares them.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <semaphore>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace postmoney::detail {

// The outcome of a call: its value, or the exception that it threw.
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

    // Throws the exception that the call threw.
    [[nodiscard]] T& value() {
        if (thrown_) std::rethrow_exception(thrown_);
        return *value_;
    }

  private:
    Outcome() = default;

    std::optional<T> value_;
    std::exception_ptr thrown_;
};

template <class In, class Out>
class ReadAhead {
  public:
    // Called for one input at a time, mostly on another thread, so it must not touch what `use` touches.
    using Prepare = std::function<Out(In&)>;
    // Called for each input, in their order, within `add` and `finish`. These let its exceptions out and drop
    // the rest. The other thread destroys whatever `use` leaves of its arguments.
    using Use = std::function<void(In&, Outcome<Out>&)>;

    ReadAhead(Prepare prepare, Use use) : prepare_(std::move(prepare)), use_(std::move(use)) {}
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;
    ~ReadAhead() {
        if (!worker_.joinable()) return;
        static_cast<void>(prepared());
        last_ = true;
        begin_.release();
        worker_.join();
    }

    // `bytes`: about the size of the input, to bound the memory of a block.
    void add(In input, std::size_t bytes) {
        filling_.push_back(std::move(input));
        bytes_ += bytes;
        if (filling_.size() >= most_inputs || bytes_ >= most_bytes) turn();
    }

    // Prepares and uses the rest.
    void finish() {
        if (worker_.joinable()) turn();
        Block before = prepared();
        use(before);
        Block last = take_filled();
        prepare(last);
        use(last);
    }

  private:
    static constexpr std::size_t most_inputs = 256;
    static constexpr std::size_t most_bytes = std::size_t{256} << 10U;

    struct Block {
        std::vector<In> inputs;
        std::vector<Outcome<Out>> outcomes;
    };

    [[nodiscard]] Block take_filled() {
        Block block{std::exchange(filling_, {}), {}};
        block.outcomes.reserve(block.inputs.size());
        bytes_ = 0;
        return block;
    }
    // Has the filled block prepared, and uses the block before it meanwhile.
    void turn() {
        Block before = prepared();
        block_ = take_filled();
        spent_ = std::exchange(used_, {});
        working_ = true;
        if (has_thread()) {
            begin_.release();
        } else {
            prepare(block_);
        }
        use(before);
        used_ = std::move(before);
    }
    [[nodiscard]] bool has_thread() {
        if (worker_.joinable()) return true;
        try {
            worker_ = std::thread([this] { work(); });
        } catch (const std::system_error&) {  // the system gives no thread
            return false;
        }
        return true;
    }
    // Waits for the block that is being prepared, and takes it.
    [[nodiscard]] Block prepared() {
        if (!std::exchange(working_, false)) return {};
        if (worker_.joinable()) end_.acquire();
        return std::exchange(block_, {});
    }
    void work() {
        for (begin_.acquire(); !last_; begin_.acquire()) {
            spent_ = {};
            prepare(block_);
            end_.release();
        }
    }
    void prepare(Block& block) const {
        for (In& input : block.inputs)
            block.outcomes.push_back(Outcome<Out>::of([&] { return prepare_(input); }));
    }
    void use(Block& block) const {
        for (std::size_t i = 0; i < block.inputs.size(); ++i) use_(block.inputs[i], block.outcomes[i]);
    }

    Prepare prepare_;
    Use use_;
    std::vector<In> filling_;
    std::size_t bytes_ = 0;
    Block used_;
    // The other thread owns these from `begin_` to `end_`.
    Block block_;
    Block spent_;  // to be destroyed
    bool last_ = false;

    bool working_ = false;  // whether block_ is being prepared
    std::binary_semaphore begin_{0};
    std::binary_semaphore end_{0};
    std::thread worker_;
};

}  // namespace postmoney::detail
