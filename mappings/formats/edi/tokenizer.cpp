#include "mappings/formats/edi/tokenizer.hpp"

#include <algorithm>

namespace headgate::edi {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr const char* carriage_returns = "carriage returns beside terminators";

}  // namespace

void Tokenizer::take(std::string_view& bytes, std::size_t count) {
    bytes.remove_prefix(count);
    offset_ += count;
}

Tokenizer::Step Tokenizer::fail(Fault fault, std::uint64_t offset, std::string why) {
    fault_ = {};
    fault_.fault = fault;
    fault_.place.segment = number_ + 1;
    fault_.place.offset = offset;
    fault_.why = std::move(why);
    return Step::fault;
}

void Tokenizer::let_pass(const char* what) {
    if (std::find(tolerated_.begin(), tolerated_.end(), what) == tolerated_.end()) tolerated_.emplace_back(what);
}

Tokenizer::Step Tokenizer::next(std::string_view& bytes, RawSegment& out) {
    if (used_) buffer_.clear();
    used_ = false;
    if (offset_ + bytes.size() > limits_.bytes && offset_ <= limits_.bytes) {
        // What fits is read first, so that the place does not depend on how the bytes came.
        std::string_view fits = bytes.substr(0, limits_.bytes - offset_);
        std::size_t whole = fits.size();
        if (whole > 0) {
            Step step = next(fits, out);
            bytes.remove_prefix(whole - fits.size());
            if (step != Step::more) return step;
        }
        return fail(Fault::too_large, limits_.bytes, "more than " + std::to_string(limits_.bytes) + " bytes");
    }
    if (phase_ != Phase::head && buffer_.empty()) {
        Step step = Step::more;
        if (!skip_line_ends(bytes, step)) return step;
        start_ = offset_;
        if (bytes.empty()) return Step::more;
        if (phase_ == Phase::gap) {
            phase_ = Phase::head;
            separators_ = {};
        }
    }
    return phase_ == Phase::head ? head(bytes, out) : body(bytes, out);
}

// False when it ends in a fault.
bool Tokenizer::skip_line_ends(std::string_view& bytes, Step& step) {
    bool first = phase_ == Phase::gap && number_ == 0;  // nothing may stand before the first interchange
    while (!bytes.empty() && !first && (bytes.front() == '\n' || bytes.front() == '\r')) {
        if (bytes.front() == '\r') {
            if (!tolerances_.crlf) {
                step = fail(Fault::bad_bytes, offset_, "a carriage return after a segment's terminator");
                return false;
            }
            let_pass(carriage_returns);
        }
        take(bytes, 1);
    }
    return true;
}

Tokenizer::Step Tokenizer::head(std::string_view& bytes, RawSegment& out) {
    std::size_t needs = start_ == 0 ? 3 : 1;
    while (true) {
        if (buffer_.size() < needs) {
            std::size_t count = std::min(needs - buffer_.size(), bytes.size());
            buffer_.append(bytes.substr(0, count));
            take(bytes, count);
            if (buffer_.size() < needs) return Step::more;
        }
        if (start_ == 0 && buffer_.size() >= 3 && buffer_.starts_with(byte_order_mark)) {
            if (!tolerances_.bom) return fail(Fault::bad_bytes, 0, "a byte order mark before the interchange");
            let_pass("a byte order mark");
            buffer_.erase(0, 3);
            start_ = 3;
            continue;
        }
        Head head = read_head_(buffer_, separators_);
        if (!head.fault.empty()) return fail(Fault::bad_bytes, start_ + head.fault_at, std::move(head.fault));
        if (head.needs > buffer_.size()) {
            needs = head.needs;
            continue;
        }
        if (separators_.segment == '\r') let_pass(carriage_returns);
        phase_ = Phase::body;
        released_ = false;
        escapes_ = {};
        if (head.segment) return emit(std::string_view(buffer_).substr(0, head.taken - 1), out);
        buffer_.erase(0, head.taken);
        start_ += head.taken;
        return next(bytes, out);
    }
}

// The place of the terminator, or npos; remembers a release character or an escape that ends the bytes.
std::size_t Tokenizer::find_terminator(std::string_view bytes) {
    if (!separators_.release && !separators_.escapes) return bytes.find(separators_.segment);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (separators_.escapes && !escapes_.plain(bytes[i])) continue;
        if (std::exchange(released_, false)) continue;
        if (separators_.release && bytes[i] == separators_.release)
            released_ = true;
        else if (bytes[i] == separators_.segment)
            return i;
    }
    return std::string_view::npos;
}

Tokenizer::Step Tokenizer::body(std::string_view& bytes, RawSegment& out) {
    std::size_t end = find_terminator(bytes);
    std::size_t more = std::min(end, bytes.size());
    if (buffer_.size() + more > limits_.segment_bytes)
        return fail(Fault::too_large, start_,
                    "a segment of more than " + std::to_string(limits_.segment_bytes) + " bytes");
    if (end == std::string_view::npos) {
        buffer_.append(bytes);
        take(bytes, bytes.size());
        return Step::more;
    }
    std::string_view text = bytes.substr(0, end);
    if (!buffer_.empty()) text = buffer_.append(text);
    take(bytes, end + 1);
    return emit(text, out);
}

Tokenizer::Step Tokenizer::emit(std::string_view text, RawSegment& out) {
    used_ = true;
    // A carriage return before a line feed that is the terminator.
    if (separators_.segment == '\n' && text.ends_with('\r') && tolerances_.crlf) {
        text.remove_suffix(1);
        let_pass(carriage_returns);
    }
    out.text = text;
    out.offset = start_;
    out.number = ++number_;
    out.in_message = 0;
    if (out.split(separators_, limits_.parts)) return Step::segment;
    --number_;
    return fail(Fault::too_large, start_, "a segment with more than " + std::to_string(limits_.parts) + " values");
}

Tokenizer::Step Tokenizer::finish(RawSegment& out) {
    if (used_) buffer_.clear();
    used_ = false;
    if (phase_ == Phase::gap || (buffer_.empty() && phase_ == Phase::body)) return Step::more;
    if (phase_ == Phase::head || !tolerances_.last_terminator)
        return fail(Fault::cut_off, start_, "the file ends within this segment");
    let_pass("no terminator at the end");
    return emit(buffer_, out);
}

}  // namespace headgate::edi
