// OpenAPI documents that a system tells: whatever comes is read or refused with a reason, in bounded time, the same
// twice.
#include "contracts/document/source.hpp"
#include "mappings/formats/openapi/api_operation.hpp"
#include "mappings/formats/shape/shape_changes.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace headgate;

namespace {

int count(const LegacyNode& node) {
    int out = 1;
    for (const auto& child : node.children) out += count(child);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Diagnostics unread, diagnostics, again;
    auto file = parse_source("http://shop.test/openapi.yaml", fuzz::bytes(data, size), unread);
    if (!file || file->documents.empty()) return 0;
    auto operation = read_api_operation(file, "authorise", diagnostics);
    fuzz::hold(operation || diagnostics.has_errors(), "what is refused has a reason");
    auto same = read_api_operation(file, "authorise", again);
    fuzz::hold(diagnostics.text() == again.text(), "it says the same twice", diagnostics.text());
    if (!operation) return 0;
    fuzz::hold(count(operation->request) + count(operation->answer) < 100'000, "trees are bounded");
    fuzz::hold(shape_changes(operation->request, same->request, true).empty(), "the same request twice");
    fuzz::hold(shape_changes(operation->answer, same->answer, true).empty(), "the same answer twice");
    return 0;
}
