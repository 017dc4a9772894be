// JSON: whatever is accepted is written and read again as the same document, and borrowing changes nothing.
#include "contracts/document/json.hpp"

#include "tests/fuzz/fuzz.hpp"

using namespace headgate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = fuzz::bytes(data, size);
    JsonLimits limits;
    limits.nul = size % 2 == 1;
    Arena arena;
    Builder builder(arena);
    auto borrowed = read_json(text, builder, limits);
    auto copied = read_json(text, builder, limits, false);
    fuzz::hold(borrowed.ok() == copied.ok(), "a copy is accepted as the text itself is");
    if (!borrowed) {
        fuzz::hold(borrowed.error().message == copied.error().message, "both fail alike", copied.error().message);
        return 0;
    }
    std::string written = to_json(*borrowed);
    fuzz::hold(written == to_json(*copied), "a copy says the same", written);
    auto again = read_json(written, builder, limits);
    fuzz::hold(again.ok(), "what was written can be read", written);
    fuzz::hold(to_json(*again) == written, "reading and writing change nothing", written);
    return 0;
}
