#include "mappings/formats/charset/code_page.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <mutex>

#include "contracts/document/utf8.hpp"

namespace headgate {

bool CodePage::fill() {
    iconv_t converter = iconv_open("UTF-32LE", name_.c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    bool good = true;
    low_.fill(-1);
    for (unsigned byte = 0; byte < 256 && good; ++byte) {
        char in = static_cast<char>(byte);
        unsigned char point[8] = {};
        char *from = &in, *to = reinterpret_cast<char*>(point);
        std::size_t from_left = 1, to_left = sizeof point;
        iconv(converter, nullptr, nullptr, nullptr, nullptr);
        std::size_t done = iconv(converter, &from, &from_left, &to, &to_left);
        bool converted = done != static_cast<std::size_t>(-1) && to_left == 4;
        // An incomplete sequence is the mark of a multi-byte set.
        if (!converted && (errno == EINVAL || done != static_cast<std::size_t>(-1))) good = false;
        points_[byte] = converted ? static_cast<std::uint32_t>(point[0] | point[1] << 8 | point[2] << 16) : nothing;
        if (points_[byte] < low_.size() && low_[points_[byte]] < 0)
            low_[points_[byte]] = static_cast<std::int16_t>(byte);
        else if (points_[byte] != nothing)
            beyond_.emplace_back(points_[byte], static_cast<unsigned char>(byte));
    }
    iconv_close(converter);
    std::sort(beyond_.begin(), beyond_.end());
    return good && classify();
}

bool CodePage::classify() {
    has_ascii_ = true;
    for (unsigned byte = 0; byte < 0x80; ++byte) has_ascii_ = has_ascii_ && points_[byte] == byte;
    auto run = [&](char first, char last, int at) {
        for (char c = first; c <= last; ++c, ++at)
            if (byte(static_cast<unsigned char>(c)) != at) return false;
        return true;
    };
    if (run('0', '9', 0x30) && run('A', 'Z', 0x41) && run(' ', ' ', 0x20))
        family_ = Family::ascii;
    else if (run('0', '9', 0xF0) && run('A', 'I', 0xC1) && run('J', 'R', 0xD1) && run('S', 'Z', 0xE2) &&
             run(' ', ' ', 0x40))
        family_ = Family::ebcdic;
    else
        return false;
    return byte('+') >= 0 && byte('-') >= 0;
}

const CodePage* CodePage::find(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<CodePage>, std::less<>> known;
    if (name.empty() || name.size() > 40 || name.find('/') != std::string_view::npos) return nullptr;
    std::string upper(name);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    std::lock_guard lock(mutex);
    if (auto found = known.find(upper); found != known.end()) return found->second.get();
    if (known.size() >= 256) return nullptr;  // names come from answers too
    auto page = std::make_unique<CodePage>(upper);
    if (!page->fill()) page.reset();
    return known.emplace(upper, std::move(page)).first->second.get();
}

int CodePage::byte(std::uint32_t point) const {
    if (point < low_.size()) return low_[point];
    auto found = std::lower_bound(beyond_.begin(), beyond_.end(), std::pair(point, static_cast<unsigned char>(0)));
    return found != beyond_.end() && found->first == point ? found->second : -1;
}

std::size_t CodePage::decode(std::string_view bytes, std::string& out) const {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::uint32_t point = points_[static_cast<unsigned char>(bytes[i])];
        if (point < 0x80)
            out += static_cast<char>(point);
        else if (point == nothing)
            return i;
        else
            append_utf8(point, out);
    }
    return std::string_view::npos;
}

std::size_t CodePage::encode(std::string_view utf8, std::string& out) const {
    for (std::string_view rest = utf8; !rest.empty();) {
        std::size_t at = utf8.size() - rest.size();
        auto first = static_cast<unsigned char>(rest[0]);
        int found = first < 0x80 ? (rest.remove_prefix(1), low_[first]) : byte(next_code_point(rest));
        if (found < 0) return at;
        out += static_cast<char>(found);
    }
    return std::string_view::npos;
}

}  // namespace headgate
