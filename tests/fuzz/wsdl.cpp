// WSDLs that a system tells: whatever comes is read or refused with a reason, in bounded time; what is read twice is
// the same.
#include "mappings/formats/soap/wsdl.hpp"

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
    const std::string url = "http://shop.test/shop?wsdl";
    std::map<std::string, std::string> documents;
    documents[url] = fuzz::bytes(data, size);
    for (const std::string& imported : wsdl_imports(url, documents[url])) {
        fuzz::hold(imported.starts_with("http://shop.test/"), "nothing is fetched from elsewhere", imported);
        documents.try_emplace(imported, documents[url]);
    }
    Diagnostics diagnostics, again;
    auto wsdl = read_wsdl(url, documents, diagnostics);
    fuzz::hold(wsdl || diagnostics.has_errors(), "what is refused has a reason");
    auto same = read_wsdl(url, documents, again);
    fuzz::hold(diagnostics.text() == again.text(), "it says the same twice", diagnostics.text());
    if (!wsdl) return 0;
    for (std::size_t i = 0; i < wsdl->operations.size(); ++i) {
        const auto& operation = wsdl->operations[i];
        fuzz::hold(count(operation.request) + count(operation.response) < 100'000, "trees are bounded", operation.name);
        fuzz::hold(same_shape(operation.request, same->operations[i].request), "the same twice", operation.name);
    }
    return 0;
}
