// Cursors: whatever comes as one, or within one, is a position or is refused at /cursor; a position that is told again
// is the same.
#include "mappings/plan/paging/cursor.hpp"

#include "base/base64url.hpp"
#include "contracts/document/json.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace headgate;

namespace {

void try_one(std::string_view text, const Value& request) {
    static constexpr std::string_view operation = "shelves.v1/listGoods";
    Arena arena;
    Builder builder(arena);
    auto position = mappings::read_cursor(text, operation, request, builder);
    if (!position) {
        fuzz::hold(position.error().kind == ErrorKind::invalid_message, "it is the caller's fault");
        fuzz::hold(position.error().pointer == "/cursor", "and is told at its place");
        return;
    }
    auto shown = to_json(*position);
    auto again =
        mappings::read_cursor(mappings::write_cursor(operation, request, *position), operation, request, builder);
    fuzz::hold(again.ok(), "what was written can be read", shown);
    fuzz::hold(to_json(*again) == shown, "and says the same", shown);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto bytes = fuzz::bytes(data, size);
    try_one(bytes, Value());
    // Past the first door, which hardly any bytes get through.
    try_one(to_base64url(bytes), Value());
    auto text = from_base64url(to_base64url(bytes));
    fuzz::hold(text && *text == bytes, "bytes come back as they were");
    return 0;
}
