#include "adapters/http/examine_api.hpp"

#include "adapters/fetch_document.hpp"
#include "mappings/formats/openapi/api_operation.hpp"

namespace headgate {
namespace {

constexpr std::size_t bytes_at_most = 4 << 20;
using Part = SystemChange::Part;

void add(Examined& to, Part part, ShapeChange change) { to.changes.push_back({part, std::move(change), 0}); }

std::string action(const ApiOperation& api) { return api.operation.method + " " + api.operation.path; }

void compare(const ApiOperation& pinned, const ApiOperation& live, Examined& out) {
    if (action(pinned) != action(live)) add(out, Part::call, {"action", {}, action(pinned), action(live)});
    for (auto& change : shape_changes(pinned.request, live.request, false)) add(out, Part::request, std::move(change));
    for (auto& change : shape_changes(pinned.answer, live.answer, false)) add(out, Part::answer, std::move(change));
}

}  // namespace

Task<Result<Examination>> examine_api(HttpClient& http, std::string url, std::vector<const Plan*> plans,
                                      CallContext context) {
    auto text = co_await fetch_document(http, url, "OpenAPI document", "application/yaml, application/json", context);
    if (!text) co_return text.error();
    if (text->size() > bytes_at_most)
        co_return Error{ErrorKind::bad_answer, "the system's OpenAPI document is too large", "more than 4 MiB"};
    Diagnostics reading;
    auto file = parse_source(url, *text, reading);
    if (!file || file->documents.empty() || !file->root().is_mapping() || !file->root().find("openapi"))
        co_return Error{ErrorKind::bad_answer, "what the system tells is no OpenAPI document", reading.text()};
    Examination out{url, {}};
    for (const Plan* plan : plans) {
        const auto* call = std::get_if<ApiCall>(&plan->call());
        if (!call) continue;
        Examined examined{plan, {}};
        Diagnostics faults;
        if (auto live = read_api_operation(file, call->operation->operation.id, faults))
            compare(*call->operation, *live, examined);
        else
            add(examined, Part::call,
                {"operation-gone",
                 {},
                 call->operation->operation.id,
                 faults.all().empty() ? std::string() : faults.all().front().message});
        out.plans.push_back(std::move(examined));
    }
    co_return out;
}

}  // namespace headgate
