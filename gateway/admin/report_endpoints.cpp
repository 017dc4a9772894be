// Reports: the comparison evidence, as text for a terminal or as JSON.
#include <nlohmann/json.hpp>

#include "gateway/admin/endpoints.hpp"
#include "shadow/mirror/mirror.hpp"
#include "shadow/report/report.hpp"

namespace headgate {
namespace {

std::vector<OperationEvidence> wanted(const Mirror& mirror, const AdminRequest& request) {
    std::string operation = request.parameter("operation");
    if (operation.empty()) return mirror.evidence();
    return {mirror.evidence(operation)};
}

// The findings of all operations as one list, each with its newest example's values.
std::string flat_findings(const std::vector<OperationEvidence>& evidence) {
    using nlohmann::ordered_json;
    auto report = ordered_json::parse(report_json(evidence));
    ordered_json list = ordered_json::array();
    for (const auto& operation : report["operations"])
        for (const auto& finding : operation["findings"]) {
            ordered_json one{{"operation", operation["operation"]},
                             {"legacy", finding["last"]["legacy"]},
                             {"candidate", finding["last"]["candidate"]}};
            one.update(finding);
            list.push_back(std::move(one));
        }
    return list.dump();
}

}  // namespace

void add_report_endpoints(std::vector<Endpoint>& table, Mirror& mirror) {
    table.push_back(
        {"GET", "/api/v1/report", false, Role::viewer, [&mirror](const AdminRequest& request) {
             auto evidence = wanted(mirror, request);
             if (request.accept.find("text/plain") != std::string::npos)
                 return Result<AdminAnswer>(AdminAnswer{200, "text/plain; charset=utf-8", report_text(evidence)});
             return Result<AdminAnswer>(AdminAnswer{200, "application/json", report_json(evidence)});
         }});
    table.push_back(
        {"GET", "/api/v1/findings", false, Role::viewer, [&mirror](const AdminRequest& request) {
             return Result<AdminAnswer>(AdminAnswer{200, "application/json", flat_findings(wanted(mirror, request))});
         }});
}

}  // namespace headgate
