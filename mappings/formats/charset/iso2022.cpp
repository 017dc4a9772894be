#include "mappings/formats/charset/iso2022.hpp"

#include <iconv.h>

namespace headgate {
namespace {

// One converter a thread and direction; kept, since opening one reads tables.
class Converter {
  public:
    Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
    ~Converter() {
        if (good()) iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    bool run(std::string_view in, std::string& out) {
        if (!good()) return false;
        iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        char* from = const_cast<char*>(in.data());  // iconv's signature; it only reads
        std::size_t left = in.size(), before = out.size();
        out.resize(before + in.size() * 8 + 16);
        char* to = out.data() + before;
        std::size_t room = out.size() - before;
        bool done = iconv(handle_, &from, &left, &to, &room) != static_cast<std::size_t>(-1) && left == 0 &&
                    iconv(handle_, nullptr, nullptr, &to, &room) != static_cast<std::size_t>(-1);  // back to ASCII
        out.resize(done ? out.size() - room : before);
        return done;
    }

  private:
    bool good() const { return handle_ != reinterpret_cast<iconv_t>(-1); }
    iconv_t handle_;
};

}  // namespace

bool Iso2022State::plain(char byte) {
    switch (phase_) {
        case Phase::text:
            if (byte == '\x1B') phase_ = Phase::escape;
            return byte != '\x1B' && !wide_;
        case Phase::escape:
            phase_ = byte == '('   ? Phase::one_byte
                     : byte == '$' ? Phase::many_bytes
                     : byte == '.' ? Phase::high
                     : byte == 'N' ? Phase::single_shift
                                   : Phase::text;
            return false;
        case Phase::many_bytes:
            if (byte == '(') return false;  // ESC $ ( D
            wide_ = true;
            break;
        case Phase::one_byte: wide_ = false; break;
        case Phase::high:
        case Phase::single_shift: break;
    }
    phase_ = Phase::text;
    return false;
}

std::size_t decode_iso2022(std::string_view bytes, std::string& out) {
    Iso2022State state;
    for (char byte : bytes) state.plain(byte);
    thread_local Converter converter("UTF-8", "ISO-2022-JP-2");
    if (!state.at_rest() || !converter.run(bytes, out)) return 0;
    return std::string_view::npos;
}

bool encode_iso2022(std::string_view utf8, std::string& out) {
    thread_local Converter converter("ISO-2022-JP-2", "UTF-8");
    return converter.run(utf8, out);
}

}  // namespace headgate
