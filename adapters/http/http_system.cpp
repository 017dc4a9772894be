#include "adapters/http/http_system.hpp"

#include <algorithm>

#include "adapters/http/examine_api.hpp"
#include "adapters/http_probe.hpp"
#include "adapters/http_refusal.hpp"
#include "adapters/permits.hpp"
#include "adapters/settings.hpp"
#include "base/file.hpp"
#include "contracts/document/json.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/message.hpp"
#include "mappings/plan/api_call.hpp"

namespace headgate {
namespace {

// What the contract declares of this status; and JSON of any kind, since what a problem is called changes nothing.
bool is_json(std::string_view content_type, const std::vector<Content>& declared) {
    content_type = content_type.substr(0, content_type.find(';'));
    return find_content(declared, content_type) || is_media_type(content_type, "application/json") ||
           is_media_type(content_type, "application/problem+json");
}

// Every media type that an answer of this operation may have.
std::string accept_of(const Operation& operation) {
    std::string out = "application/json, application/problem+json";
    auto add = [&](const Response& response) {
        for (const Content& content : response.contents)
            if (out.find(content.media_type) == std::string::npos) out += ", " + content.media_type;
    };
    for (const auto& [status, response] : operation.responses) add(response);
    if (operation.default_response) add(*operation.default_response);
    return out;
}

class HttpHost : public SystemHost {
  public:
    HttpHost(std::string system, HttpUrl system_url, std::string live_api, std::string token,
             milliseconds call_deadline, int concurrency)
        : name(std::move(system)),
          url(std::move(system_url)),
          api_url(std::move(live_api)),
          bearer(std::move(token)),
          permits(concurrency),
          deadline_(call_deadline) {
        base = url.path;
        while (base.ends_with('/')) base.pop_back();
    }

    std::unique_ptr<System> for_worker(HttpClient& http) override;
    milliseconds deadline() const override { return deadline_; }
    std::string refuses(const Plan& plan) const override {
        if (std::holds_alternative<ApiCall>(plan.call())) return {};
        return "the adapter http carries out mappings of an OpenAPI document's operations alone";
    }

    const std::string name;
    const HttpUrl url;
    std::string base;           // put before each target
    const std::string api_url;  // where the system tells its OpenAPI document; empty: nowhere
    const std::string bearer;   // the token that it wants of us; empty: none
    Permits permits;

  private:
    const milliseconds deadline_;
};

class HttpSystem : public System {
  public:
    HttpSystem(HttpHost& host, HttpClient& http) : host_(host), http_(http) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto reply = co_await carry_out(call);
        if (!reply && reply.error().system.empty()) reply.error().system = host_.name;
        co_return reply;
    }

    Result<void> rehearse(const SystemCall& call) override {
        if (!call.plan) return Done{};
        auto written = write(*call.plan, call);
        if (!written) return std::move(written).error();
        return Done{};
    }

    Task<Result<void>> probe(const CallContext& context) override { return probe_http(http_, host_.url, context); }

    Task<Result<Examination>> examine(std::vector<const Plan*> plans, const CallContext& context) override {
        if (!host_.api_url.empty()) return examine_api(http_, host_.api_url, std::move(plans), context);
        return System::examine(std::move(plans), context);
    }

  private:
    // By a mapping, the operation of the system's own API; else the contract's.
    static const ApiCall* api_of(const SystemCall& call) {
        return call.plan ? std::get_if<ApiCall>(&call.plan->call()) : nullptr;
    }

    static Result<WrittenRequest> write(const Plan& plan, const SystemCall& call) {
        const auto* api = api_of(call);
        if (!api) return Error{ErrorKind::internal, "this call has no mapping of an API", "adapter http"};
        auto legacy = plan.to_legacy(call.message, call.builder);
        if (!legacy) return std::move(legacy).error();
        return write_api_call(plan, *api, *legacy);
    }

    Task<Result<SystemReply>> carry_out(const SystemCall& call) {
        if (!call.operation && !call.plan)
            co_return Error{ErrorKind::internal, "this call has no operation", "adapter http"};
        auto permit = host_.permits.try_take();
        if (!permit) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        const ApiCall* api = api_of(call);
        auto message = call.plan ? write(*call.plan, call) : write_request(*call.operation, call.message);
        if (!message) co_return std::move(message).error();
        const Operation& operation = api ? api->operation->operation : *call.operation;
        WrittenRequest& written = *message;
        HttpRequest request;
        request.method = operation.method;
        request.target = host_.base + written.target;
        for (auto& [name, value] : written.headers) request.headers.push_back({std::move(name), std::move(value)});
        request.headers.push_back({"Accept", accept_of(operation)});
        if (!host_.bearer.empty()) request.headers.push_back({"Authorization", "Bearer " + host_.bearer});
        request.body = std::move(written.body);
        bool safe = operation.safe || (call.operation && call.operation->safe);
        request.idempotent = safe || !call.context.idempotency_key.empty();
        request.effect = !safe;
        CallContext context = call.context;
        context.deadline = context.deadline.within(Deadline::in(host_.deadline()));
        auto response = co_await http_.send(host_.url.origin, std::move(request), context);
        if (!response) co_return response.error();
        if (api) co_return read_by_mapping(call, *api, *response);
        co_return read(operation, *response, call.builder);
    }

    static Result<SystemReply> read_by_mapping(const SystemCall& call, const ApiCall& api,
                                               const HttpResponse& response) {
        ApiAnswer answer{response.status, response.header("content-type"), response.body,
                         [&](std::string_view name) { return response.header(name); }};
        bool effect = !api.operation->operation.safe && !(call.operation && call.operation->safe);
        auto message = read_api_call(*call.plan, api, answer, call.message, call.builder, call.drift,
                                     kind_of_refusal(response.status, effect));
        if (!message) return std::move(message).error();
        return SystemReply{200, *message};
    }

    static Result<SystemReply> read(const Operation& operation, const HttpResponse& response, Builder& builder) {
        auto bad = [&](std::string why) {
            return Error{ErrorKind::bad_answer, "the system's answer can't be read",
                         "HTTP " + std::to_string(response.status) + ": " + std::move(why)};
        };
        if (!operation.response(response.status)) {
            auto kind = kind_of_refusal(response.status, !operation.safe);
            if (kind != ErrorKind::system_fault)
                return Error{kind, "the system can't answer now", "HTTP " + std::to_string(response.status)};
            return bad(operation.name + " declares no such answer");
        }
        const auto& declared = operation.contents(response.status);
        if (declared.empty()) {
            if (!response.body.empty()) return bad("a body, but " + operation.name + " declares none");
            return SystemReply{response.status, Value::null()};
        }
        std::string_view type = response.header("content-type");
        if (!is_json(type, declared)) return bad("media type '" + std::string(type.substr(0, 80)) + "'");
        // The document borrows its text: it must live as long as the arena.
        auto message = read_json(builder.arena().copy(response.body), builder);
        if (!message) return bad(message.error().message);
        return SystemReply{response.status, *message};
    }

    HttpHost& host_;
    HttpClient& http_;
};

std::unique_ptr<System> HttpHost::for_worker(HttpClient& http) { return std::make_unique<HttpSystem>(*this, http); }

// Of a file of its own, so that no configuration holds it.
std::string read_token(SystemSettings& settings) {
    constexpr std::size_t longest = 8192;
    std::string path = settings.fields.text("token_file", "");
    if (path.empty()) return {};
    auto text = read_file(settings.path(path), longest);
    while (text && !text->empty() && (text->back() == '\n' || text->back() == '\r' || text->back() == ' '))
        text->pop_back();
    bool good =
        text && !text->empty() && std::all_of(text->begin(), text->end(), [](char c) { return c > ' ' && c < 127; });
    if (!good) settings.fields.fault("token_file", "holds no token: one line of letters, digits and signs");
    return good ? *text : std::string();
}

}  // namespace

std::unique_ptr<SystemHost> open_http_system(const SystemSpec& spec, Diagnostics& diagnostics) {
    SystemSettings settings(spec);
    HttpUrl url = settings.url(settings.fields.required_text("url"));
    std::string api_url = settings.fields.text("openapi_url", "");
    if (!api_url.empty() && !parse_http_url(api_url.substr(0, api_url.find('?'))))
        settings.fields.fault("openapi_url", "can't be used", "openapi_url: http://host:port/openapi.yaml");
    std::string token = read_token(settings);
    milliseconds deadline = settings.deadline(1000);
    int concurrency = settings.concurrency(64);
    if (!settings.finish(diagnostics)) return nullptr;
    return std::make_unique<HttpHost>(spec.name, std::move(url), std::move(api_url), std::move(token), deadline,
                                      concurrency);
}

}  // namespace headgate
