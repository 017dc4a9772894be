#include "adapters/soap/soap_system.hpp"

#include "adapters/http_probe.hpp"
#include "adapters/http_refusal.hpp"
#include "adapters/permits.hpp"
#include "adapters/settings.hpp"
#include "adapters/soap/examine_wsdl.hpp"
#include "base/ascii.hpp"
#include "mappings/formats/soap/soap.hpp"
#include "mappings/formats/soap/wsdl.hpp"
#include "mappings/plan/fault_error.hpp"

namespace headgate {
namespace {

// The parts of a Content-Type: `text/xml; charset="ISO-8859-15"`.
struct MediaType {
    std::string type, charset;
};
MediaType parse_media_type(std::string_view header) {
    MediaType out;
    std::string_view type = header.substr(0, header.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    out.type = to_lower(type);
    std::string low = to_lower(header);
    if (auto at = low.find("charset="); at != std::string::npos) {
        std::string_view value = header.substr(at + 8);
        value = value.substr(0, value.find(';'));
        while (!value.empty() && (value.front() == '"' || value.front() == ' ')) value.remove_prefix(1);
        while (!value.empty() && (value.back() == '"' || value.back() == ' ')) value.remove_suffix(1);
        out.charset = value;
    }
    return out;
}

bool is_xml(const std::string& type) {
    return type.empty() || type == "text/xml" || type == "application/xml" || type == "application/soap+xml";
}

class SoapHost : public SystemHost {
  public:
    SoapHost(std::string system, HttpUrl system_url, std::string live_wsdl, milliseconds call_deadline, int concurrency,
             std::shared_ptr<const Wsdl> system_wsdl)
        : name(std::move(system)),
          url(std::move(system_url)),
          wsdl_url(std::move(live_wsdl)),
          permits(concurrency),
          wsdl(std::move(system_wsdl)),
          deadline_(call_deadline) {}

    std::unique_ptr<System> for_worker(HttpClient& http) override;
    milliseconds deadline() const override { return deadline_; }
    std::string refuses(const Plan& plan) const override {
        const auto* call = std::get_if<SoapCall>(&plan.call());
        if (!call) return "the adapter soap carries out mappings of a WSDL's operations alone";
        if (!wsdl) return {};
        const SoapOperation* operation = wsdl->find(call->operation, call->version);
        if (!operation) return wsdl->path + " has no operation '" + call->operation + "'";
        if (operation->request.name != call->request.name || operation->request.ns != call->request.ns)
            return wsdl->path + " has another request for '" + call->operation + "' than the mapping's WSDL";
        return {};
    }

    const std::string name;
    const HttpUrl url;
    const std::string wsdl_url;  // where the system tells its WSDL
    Permits permits;
    const std::shared_ptr<const Wsdl> wsdl;

  private:
    const milliseconds deadline_;
};

class SoapSystem : public System {
  public:
    SoapSystem(SoapHost& host, HttpClient& http) : host_(host), http_(http) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto reply = co_await carry_out(call);
        if (!reply && reply.error().system.empty()) reply.error().system = host_.name;
        co_return reply;
    }

    Result<void> rehearse(const SystemCall& call) override {
        const auto* soap = call.plan ? std::get_if<SoapCall>(&call.plan->call()) : nullptr;
        if (!soap) return Error{ErrorKind::internal, "this call has no mapping"};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) return std::move(legacy).error();
        auto body = write_soap(soap->version, soap->request, *legacy, soap->charset);
        if (!body) return std::move(body).error();
        return Done{};
    }

    Task<Result<void>> probe(const CallContext& context) override { return probe_http(http_, host_.url, context); }
    Task<Result<Examination>> examine(std::vector<const Plan*> plans, const CallContext& context) override {
        return examine_wsdl(http_, host_.wsdl_url, std::move(plans), context);
    }

  private:
    Task<Result<SystemReply>> carry_out(const SystemCall& call) {
        const auto* soap = call.plan ? std::get_if<SoapCall>(&call.plan->call()) : nullptr;
        if (!soap) co_return Error{ErrorKind::internal, "this call has no mapping", "adapter soap without a SOAP plan"};
        auto permit = host_.permits.try_take();
        if (!permit) co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
        auto legacy = call.plan->to_legacy(call.message, call.builder);
        if (!legacy) co_return legacy.error();
        auto body = write_soap(soap->version, soap->request, *legacy, soap->charset);
        if (!body) co_return body.error();

        HttpRequest request;
        request.method = "POST";
        request.target = host_.url.path;
        request.headers = {{"Content-Type", soap_content_type(soap->version, soap->charset, soap->soap_action)},
                           {"Accept", soap->version == SoapVersion::v12 ? "application/soap+xml" : "text/xml"}};
        if (soap->version == SoapVersion::v11)
            request.headers.push_back({"SOAPAction", "\"" + soap->soap_action + "\""});
        request.body = std::move(*body);
        // The envelope is a POST, but a query, or a write that the system knows again by its own key, may be sent
        // twice.
        request.idempotent = (call.operation && call.operation->safe) || !call.context.idempotency_key.empty();
        request.effect = call.operation && !call.operation->safe;
        CallContext context = call.context;
        context.deadline = context.deadline.within(Deadline::in(host_.deadline()));
        auto response = co_await http_.send(host_.url.origin, std::move(request), context);
        if (!response) co_return response.error();
        co_return read(call, *soap, *response);
    }

    Result<SystemReply> read(const SystemCall& call, const SoapCall& soap, const HttpResponse& response) {
        MediaType media = parse_media_type(response.header("content-type"));
        std::string status = "HTTP " + std::to_string(response.status);
        bool accepted = response.status == 200 || response.status == 202 || response.status == 204;
        // Nothing is answered but that it came. Some servers send an envelope without content.
        if (soap.response.name.empty() && accepted && response.body.empty()) return SystemReply{200, Value::null()};
        // SOAP 1.2 tells a fault of the sender with 400.
        bool faulty = response.status == 500 || response.status == 400;
        bool carries_envelope = accepted || faulty;
        if (!carries_envelope || (faulty && !is_xml(media.type)) || (response.status == 400 && response.body.empty())) {
            return Error{kind_of_refusal(response.status, call.operation && !call.operation->safe),
                         "the system did not carry the call out", status + " without an envelope"};
        }
        if (!is_xml(media.type))
            return Error{ErrorKind::bad_answer, "the system's answer can't be read",
                         status + ": media type '" + media.type + "'"};
        Arena& arena = call.builder.arena();
        xml::XmlLimits limits;
        limits.types = soap.types;
        auto answer = read_soap(response.body, media.charset, soap.response, arena, limits);
        if (!answer) return answer.error();
        if (answer->fault) return fault(call, *answer);
        if (faulty)
            return Error{ErrorKind::bad_answer, "the system's answer can't be read", status + " without a fault"};
        auto message = call.plan->to_contract(answer->content, call.message, call.builder, call.drift);
        if (!message) return message.error();
        return SystemReply{200, *message};
    }

    static Error fault(const SystemCall& call, const SoapAnswer& answer) {
        return fault_error(call.plan->fault(answer.code, answer.detail), answer.code + ": " + answer.text);
    }

    SoapHost& host_;
    HttpClient& http_;
};

std::unique_ptr<System> SoapHost::for_worker(HttpClient& http) { return std::make_unique<SoapSystem>(*this, http); }

}  // namespace

std::unique_ptr<SystemHost> open_soap_system(const SystemSpec& spec, Diagnostics& diagnostics) {
    SystemSettings settings(spec);
    std::shared_ptr<const Wsdl> wsdl;
    std::string wsdl_path = settings.fields.text("wsdl");
    if (!wsdl_path.empty()) {
        Diagnostics of_wsdl;
        wsdl = load_wsdl(settings.path(wsdl_path), of_wsdl);
        // An operation that can't be served bars none that can; a mapping that calls it is refused.
        for (const Diagnostic& fault : of_wsdl.all())
            wsdl ? settings.faults.warning(fault.mark, fault.message, fault.hint)
                 : settings.faults.error(fault.mark, fault.message, fault.hint);
    }
    std::string url_text = settings.fields.text("url", wsdl ? wsdl->endpoint : "");
    if (url_text.empty()) settings.fields.fault("url", "is missing", "url: http://host:port/path");
    HttpUrl url = settings.url(url_text);
    std::string wsdl_url = settings.fields.text("wsdl_url", url_text + "?wsdl");
    if (wsdl_url.find("://") != std::string::npos && !parse_http_url(wsdl_url.substr(0, wsdl_url.find('?'))))
        settings.fields.fault("wsdl_url", "can't be used", "wsdl_url: http://host:port/path?wsdl");
    milliseconds deadline = settings.deadline(1000);
    int concurrency = settings.concurrency(64);
    // A call holds one connection, so this bounds the calls as well.
    concurrency = std::min(concurrency, settings.connections(concurrency));
    if (!settings.finish(diagnostics)) return nullptr;
    return std::make_unique<SoapHost>(spec.name, std::move(url), std::move(wsdl_url), deadline, concurrency,
                                      std::move(wsdl));
}

}  // namespace headgate
