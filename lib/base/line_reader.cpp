#include "base/line_reader.hpp"

namespace postmoney::detail {

bool LineReader::next() {
    constexpr std::size_t block_size = std::size_t{1} << 16U;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    line_.clear();
    too_long_ = false;
    bool any = false;
    for (;;) {
        if (at_ == block_.size()) {
            block_.resize(block_size);
            in_->read(block_.data(), static_cast<std::streamsize>(block_size));
            block_.resize(static_cast<std::size_t>(in_->gcount()));
            bytes_ += block_.size();
            at_ = 0;
            if (block_.empty()) break;
        }
        any = true;
        const std::size_t end = block_.find('\n', at_);
        const std::size_t stop = end == std::string::npos ? block_.size() : end;
        const std::size_t room = max_line_ - line_.size();
        too_long_ = too_long_ || stop - at_ > room;
        line_.append(block_, at_, std::min(stop - at_, room));
        at_ = stop;
        if (end != std::string::npos) {
            ++at_;
            break;
        }
    }
    if (!any) return false;
    ++number_;
    if (number_ == 1 && line_.starts_with(byte_order_mark)) line_.erase(0, byte_order_mark.size());
    if (line_.ends_with('\r')) line_.pop_back();
    return true;
}

}  // namespace postmoney::detail
