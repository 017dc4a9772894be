#include "adapters/soap/examine_wsdl.hpp"

#include <map>

#include "adapters/fetch_document.hpp"
#include "mappings/formats/soap/wsdl.hpp"

namespace headgate {
namespace {

constexpr std::size_t documents_at_most = 64, bytes_at_most = 16 << 20;
using Part = SystemChange::Part;

// The WSDL and what it imports, by URL.
Task<Result<std::map<std::string, std::string>>> fetch_all(HttpClient& http, std::string url, CallContext context) {
    std::map<std::string, std::string> documents;
    std::vector<std::string> wanted{url};
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        std::string next = wanted[i];
        if (documents.contains(next)) continue;
        auto text =
            co_await fetch_document(http, next, "WSDL", "text/xml, application/wsdl+xml, application/xml", context);
        if (!text) co_return text.error();
        bytes += text->size();
        if (bytes > bytes_at_most || documents.size() >= documents_at_most)
            co_return Error{ErrorKind::bad_answer, "the system's WSDL is too large",
                            "more than 64 documents or 16 MiB"};
        for (auto& imported : wsdl_imports(next, *text)) wanted.push_back(std::move(imported));
        documents[next] = std::move(*text);
    }
    co_return documents;
}

std::string of_version(SoapVersion version) { return std::string("SOAP ") + name(version); }

void add(Examined& to, Part part, ShapeChange change) { to.changes.push_back({part, std::move(change), 0}); }

void compare(const SoapCall& call, const SoapOperation& live, Examined& out) {
    if (call.soap_action != live.soap_action) add(out, Part::call, {"action", {}, call.soap_action, live.soap_action});
    if (call.one_way != live.one_way)
        add(out, Part::call,
            {"one-way", {}, call.one_way ? "no answer" : "an answer", live.one_way ? "no answer" : "an answer"});
    for (auto& change : shape_changes(call.request, live.request, true)) add(out, Part::request, std::move(change));
    if (call.one_way || live.one_way) return;
    // Answers are read in any order.
    for (auto& change : shape_changes(call.response, live.response, false)) add(out, Part::answer, std::move(change));
}

// What the reader of the live WSDL says of this operation, where it could not be read.
std::string reason(const Diagnostics& diagnostics) {
    for (const auto& diagnostic : diagnostics.all())
        if (diagnostic.error) return diagnostic.message;
    return {};
}

}  // namespace

Task<Result<Examination>> examine_wsdl(HttpClient& http, std::string url, std::vector<const Plan*> plans,
                                       CallContext context) {
    auto documents = co_await fetch_all(http, url, context);
    if (!documents) co_return documents.error();
    Diagnostics diagnostics;
    auto wsdl = read_wsdl(url, *documents, diagnostics);
    if (!wsdl) co_return Error{ErrorKind::bad_answer, "what the system tells is no WSDL", diagnostics.text()};
    Examination out{url, {}};
    for (const Plan* plan : plans) {
        const auto* call = std::get_if<SoapCall>(&plan->call());
        if (!call) continue;
        Examined examined{plan, {}};
        if (const auto* live = wsdl->find(call->operation, call->version))
            compare(*call, *live, examined);
        else if (const auto* other = wsdl->find(call->operation))
            add(examined, Part::call, {"version", {}, of_version(call->version), of_version(other->version)});
        else
            add(examined, Part::call, {"operation-gone", {}, call->operation, reason(diagnostics)});
        out.plans.push_back(std::move(examined));
    }
    co_return out;
}

}  // namespace headgate
