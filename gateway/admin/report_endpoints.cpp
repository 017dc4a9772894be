// Reports: the comparison evidence, as text for a terminal or as JSON.
#include <nlohmann/json.hpp>

#include "gateway/admin/endpoints.hpp"
#include "shadow/mirror/mirror.hpp"
#include "shadow/report/report.hpp"

namespace headgate {
namespace {

// One operation's evidence, or all; a name that no contract has is told, not answered with nothing.
Result<std::vector<OperationEvidence>> wanted(const Mirror& mirror, const Snapshot& snapshot,
                                              const AdminRequest& request) {
    std::string operation = request.parameter("operation");
    if (operation.empty()) return mirror.evidence();
    if (snapshot.contracts->find(operation)) return std::vector{mirror.evidence(operation)};
    std::vector<std::string_view> names;
    for (const auto& known : snapshot.contracts->operations()) names.push_back(known->name);
    std::string near = nearest(operation, names);
    return Error{ErrorKind::unknown_operation,
                 "no contract has this operation" + (near.empty() ? "" : "; did you mean '" + near + "'?")};
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

void add_report_endpoints(std::vector<Endpoint>& table, Mirror& mirror, SnapshotSource snapshot) {
    table.push_back({"GET", "/api/v1/report", false, Role::viewer,
                     [&mirror, snapshot](const AdminRequest& request) -> Result<AdminAnswer> {
                         auto evidence = wanted(mirror, *snapshot(), request);
                         if (!evidence) return std::move(evidence).error();
                         if (request.accept.find("text/plain") != std::string::npos)
                             return AdminAnswer{200, "text/plain; charset=utf-8", report_text(*evidence)};
                         return AdminAnswer{200, "application/json", report_json(*evidence)};
                     }});
    table.push_back({"GET", "/api/v1/findings", false, Role::viewer,
                     [&mirror, snapshot](const AdminRequest& request) -> Result<AdminAnswer> {
                         auto evidence = wanted(mirror, *snapshot(), request);
                         if (!evidence) return std::move(evidence).error();
                         return AdminAnswer{200, "application/json", flat_findings(*evidence)};
                     }});
}

}  // namespace headgate
