#include "mappings/formats/charset/charset.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "contracts/document/utf8.hpp"
#include "mappings/formats/charset/code_page.hpp"

namespace headgate {
namespace {

bool names_utf8(std::string_view name) {
    auto is = [&](std::string_view known) {
        return name.size() == known.size() && std::equal(name.begin(), name.end(), known.begin(),
                                                         [](char a, char b) { return a == b || a == (b | 32); });
    };
    return is("UTF-8") || is("UTF8");
}

}  // namespace

const Charset* Charset::find(std::string_view name) {
    static const Charset utf8("UTF-8", nullptr);
    static std::mutex mutex;
    static std::map<const CodePage*, Charset> known;
    if (names_utf8(name)) return &utf8;
    const CodePage* page = CodePage::find(name);
    if (!page || !page->has_ascii()) return nullptr;
    std::lock_guard lock(mutex);
    return &known.try_emplace(page, page->name(), page).first->second;
}

std::size_t Charset::decode(std::string_view bytes, std::string& out) const {
    if (page_) return page_->decode(bytes, out);
    std::size_t bad = find_invalid_utf8(bytes);
    out.append(bytes.substr(0, bad));
    return bad;
}

std::size_t Charset::encode(std::string_view utf8, std::string& out, Unfit unfit) const {
    if (!page_) {
        out.append(utf8);
        return std::string_view::npos;
    }
    for (std::string_view rest = utf8;;) {
        std::size_t bad = page_->encode(rest, out);
        if (bad == std::string_view::npos) return bad;
        rest.remove_prefix(bad);
        if (unfit == Unfit::refuse) return utf8.size() - rest.size();
        out += "&#" + std::to_string(next_code_point(rest)) + ";";
    }
}

}  // namespace headgate
