// Health: /livez says the process turns, /readyz whether it should get traffic, /metrics what it counts.
#include "gateway/admin/endpoints.hpp"

namespace headgate {

void add_health_endpoints(std::vector<Endpoint>& table, Metrics& metrics,
                          std::function<std::vector<ReadinessCheck>(bool verbose)> readiness) {
    auto text = [](int status, std::string body) {
        return Result<AdminAnswer>(AdminAnswer{status, "text/plain; charset=utf-8", std::move(body)});
    };
    table.push_back({"GET", "/livez", true, Role::caller, [text](const AdminRequest&) { return text(200, "ok\n"); }});
    table.push_back({"GET", "/readyz", true, Role::caller, [text, readiness](const AdminRequest& request) {
                         bool verbose = request.query == "verbose" || request.query.starts_with("verbose=");
                         std::string body;
                         bool ready = true;
                         for (const auto& check : readiness(verbose)) {
                             bool ok = check.failure.empty();
                             ready = ready && (ok || !check.needed);
                             body += (ok ? "[+]" : "[-]") + check.name + (ok ? " ok" : " failed: " + check.failure);
                             if (!ok && !check.needed) body += " (told, but not needed to serve)";
                             body += '\n';
                         }
                         std::string verdict = ready ? "ready\n" : "not ready\n";
                         return text(ready ? 200 : 503, verbose || !ready ? body + verdict : verdict);
                     }});
    table.push_back({"GET", "/metrics", true, Role::caller, [&metrics](const AdminRequest&) {
                         return Result<AdminAnswer>(
                             AdminAnswer{200, "text/plain; version=0.0.4; charset=utf-8", metrics.exposition()});
                     }});
}

}  // namespace headgate
