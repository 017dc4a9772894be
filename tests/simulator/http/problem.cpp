// The error body of the new services and of the control port.
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/http/server.hpp"

namespace simulator {

HttpAnswer problem(const HttpRequest& request, int status, const std::string& title, const std::string& detail,
                   const std::string& pointer) {
    JsonText out;
    out.writer.StartObject();
    out.field("type", "about:blank");
    out.field("title", title);
    out.field("status", status);
    out.field("detail", detail);
    const auto parent = request.header("traceparent");  // 00-<trace>-<span>-<flags>
    out.field("traceId", parent.size() == 55 ? parent.substr(3, 32) : std::string(31, '0') + "1");
    if (!pointer.empty()) {
        out.key("errors");
        out.writer.StartArray();
        out.writer.StartObject();
        out.field("pointer", pointer);
        out.field("detail", detail);
        out.writer.EndObject();
        out.writer.EndArray();
    }
    out.writer.EndObject();
    return {status, "application/problem+json", out.text()};
}

}  // namespace simulator
