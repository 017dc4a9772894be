#include "mappings/formats/charset/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <mutex>

#include "contracts/document/utf8.hpp"

namespace headgate {

bool Charset::fill() {
    if (utf8_) return true;
    iconv_t converter = iconv_open("UTF-32LE", name_.c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    bool good = true;
    for (unsigned byte = 0; byte < 256 && good; ++byte) {
        char in = static_cast<char>(byte);
        unsigned char point[8] = {};
        char *from = &in, *to = reinterpret_cast<char*>(point);
        std::size_t from_left = 1, to_left = sizeof point;
        iconv(converter, nullptr, nullptr, nullptr, nullptr);
        std::size_t done = iconv(converter, &from, &from_left, &to, &to_left);
        bool converted = done != static_cast<std::size_t>(-1) && to_left == 4;
        // An incomplete sequence is the mark of a multi-byte set.
        if (!converted && (byte < 0x80 || errno == EINVAL || done != static_cast<std::size_t>(-1))) good = false;
        points_[byte] = converted ? static_cast<std::uint32_t>(point[0] | point[1] << 8 | point[2] << 16) : nothing;
        if (byte < 0x80 && points_[byte] != byte) good = false;
        if (byte >= 0x80 && points_[byte] != nothing)
            bytes_.emplace_back(points_[byte], static_cast<unsigned char>(byte));
    }
    iconv_close(converter);
    std::sort(bytes_.begin(), bytes_.end());
    return good;
}

const Charset* Charset::find(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<Charset>, std::less<>> known;
    if (name.empty() || name.size() > 40 || name.find('/') != std::string_view::npos) return nullptr;
    std::string upper(name);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    bool utf8 = upper == "UTF-8" || upper == "UTF8";
    std::lock_guard lock(mutex);
    if (auto found = known.find(upper); found != known.end()) return found->second.get();
    if (known.size() >= 256) return nullptr;  // names come from answers too
    auto charset = std::make_unique<Charset>(utf8 ? "UTF-8" : upper, utf8);
    if (!charset->fill()) charset.reset();
    return known.emplace(upper, std::move(charset)).first->second.get();
}

std::size_t Charset::decode(std::string_view bytes, std::string& out) const {
    if (utf8_) {
        std::size_t bad = find_invalid_utf8(bytes);
        out.append(bytes.substr(0, bad));
        return bad;
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte < 0x80) {
            out += bytes[i];
            continue;
        }
        std::uint32_t point = points_[byte];
        if (point == nothing) return i;
        append_utf8(point, out);
    }
    return std::string_view::npos;
}

std::size_t Charset::encode(std::string_view utf8, std::string& out, Unfit unfit) const {
    if (utf8_) {
        out.append(utf8);
        return std::string_view::npos;
    }
    for (std::size_t i = 0; i < utf8.size();) {
        auto byte = [&](std::size_t at) { return static_cast<unsigned char>(utf8[at]); };
        if (byte(i) < 0x80) {
            out += utf8[i++];
            continue;
        }
        std::size_t length = byte(i) < 0xE0 ? 2 : byte(i) < 0xF0 ? 3 : 4;
        if (i + length > utf8.size()) return i;
        std::uint32_t point = byte(i) & (0x7Fu >> length);
        for (std::size_t k = 1; k < length; ++k) point = point << 6 | (byte(i + k) & 0x3Fu);
        auto found = std::lower_bound(bytes_.begin(), bytes_.end(), std::pair(point, static_cast<unsigned char>(0)));
        if (found != bytes_.end() && found->first == point)
            out += static_cast<char>(found->second);
        else if (unfit == Unfit::numeric_reference)
            out += "&#" + std::to_string(point) + ";";
        else
            return i;
        i += length;
    }
    return std::string_view::npos;
}

}  // namespace headgate
