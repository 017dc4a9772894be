#include "mappings/formats/charset/wide_charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "base/ascii.hpp"
#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

constexpr WideCharset known[] = {{"UTF-16", "UTF-16"},   {"UTF-16LE", "UTF-16LE"}, {"UTF-16BE", "UTF-16BE"},
                                 {"SHIFT_JIS", "CP932"}, {"SJIS", "CP932"},        {"WINDOWS-31J", "CP932"},
                                 {"CP932", "CP932"},     {"MS932", "CP932"},       {"EUC-JP", "EUC-JP"},
                                 {"GB18030", "GB18030"}, {"GBK", "GBK"},           {"GB2312", "GBK"},
                                 {"BIG5", "BIG5"},       {"EUC-KR", "EUC-KR"}};

class Converter {
  public:
    Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
    ~Converter() {
        if (good()) iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    // As far as it goes; the offset of what can't be converted, npos at the end.
    std::size_t run(std::string_view in, std::string& out) {
        if (!good()) return 0;
        char* from = const_cast<char*>(in.data());  // iconv's signature; it only reads
        std::size_t left = in.size();
        for (;;) {
            auto before = out.size();
            std::size_t room = left * 2 + 16;
            out.resize(before + room);
            char* to = out.data() + before;
            bool done = iconv(handle_, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
            auto error = errno;
            out.resize(out.size() - room);
            if (done) return std::string_view::npos;
            if (error != E2BIG) return in.size() - left;
        }
    }

  private:
    bool good() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
    iconv_t handle_;
};

}  // namespace

const WideCharset* WideCharset::find(std::string_view name) {
    auto found = std::find_if(std::begin(known), std::end(known),
                              [&](const WideCharset& set) { return equals_ignoring_case(set.name(), name); });
    return found == std::end(known) ? nullptr : found;
}

std::size_t WideCharset::decode(std::string_view bytes, std::string& out) const {
    std::string_view from = iconv_name_;
    std::size_t skipped = 0;
    if (from == "UTF-16") {
        bool little = bytes.starts_with("\xFF\xFE");
        if (little || bytes.starts_with("\xFE\xFF")) skipped = 2;
        from = little ? "UTF-16LE" : "UTF-16BE";
    }
    auto bad = Converter("UTF-8", from.data()).run(bytes.substr(skipped), out);
    return bad == std::string_view::npos ? bad : bad + skipped;
}

void WideCharset::encode(std::string_view utf8, std::string& out) const {
    std::string_view to = iconv_name_;
    if (to == "UTF-16") {
        out += "\xFF\xFE";
        to = "UTF-16LE";
    }
    Converter converter(to.data(), "UTF-8");
    for (std::string_view rest = utf8; !rest.empty();) {
        auto bad = converter.run(rest, out);
        if (bad == std::string_view::npos) return;
        rest.remove_prefix(bad);
        converter.run("&#" + std::to_string(next_code_point(rest)) + ";", out);
    }
}

}  // namespace headgate
