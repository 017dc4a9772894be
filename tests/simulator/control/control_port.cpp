// What the control port answers.
#include "tests/simulator/check/invariants.hpp"
#include "tests/simulator/control/retailer.hpp"
#include "tests/simulator/http/json.hpp"

namespace simulator {

HttpAnswer Retailer::control(const HttpRequest& request) {
    if (request.method == "GET" && request.path == "/") return state();
    if (request.method == "GET" && request.path == "/check") return check();
    if (request.method == "POST" && request.path == "/night") return night(request);
    if (request.method == "PUT" && request.path == "/defects") {
        std::string why;
        return switch_defects(request.body, defects_, why) ? state()
                                                           : problem(request, 422, "Unprocessable Content", why);
    }
    if ((request.method == "PUT" || request.method == "DELETE") && request.path == "/timeline")
        return change_timeline(request);
    if (request.method == "PUT" && request.path == "/quirks") {
        std::string why;
        return quirks_.switch_by(request.body, why) ? state() : problem(request, 422, "Unprocessable Content", why);
    }
    constexpr std::string_view faults = "/faults";
    if (request.method == "DELETE" && request.path == faults) {
        for (const auto& name : part_names())
            if (const auto answer = change_faults(request, name, "{}"); answer.status != 200) return answer;
        return state();
    }
    if (request.method == "PUT" && request.path.compare(0, faults.size() + 1, "/faults/") == 0)
        return change_faults(request, request.path.substr(faults.size() + 1), request.body);
    return problem(request, 404, "Not Found",
                   "GET /, GET /check, PUT /faults/{part}, DELETE /faults, PUT /defects, PUT /quirks, "
                   "PUT and DELETE /timeline, POST /night");
}

HttpAnswer Retailer::change_faults(const HttpRequest& request, const std::string& part, const std::string& body) {
    Faults faults;
    std::string why;
    if (!read_faults(body, faults, why) || !set_faults(part, faults, why))
        return problem(request, 422, "Unprocessable Content", why);
    return state();
}

HttpAnswer Retailer::change_timeline(const HttpRequest& request) {
    if (request.method == "DELETE") {
        timeline_->stop();
        return state();
    }
    std::vector<TimelineStep> steps;
    std::string why;
    if (!read_timeline(request.body, part_names(), steps, why))
        return problem(request, 422, "Unprocessable Content", why);
    timeline_->play(std::move(steps));
    return state();
}

HttpAnswer Retailer::state() const {
    JsonText out;
    out.writer.StartObject();
    out.key("addresses");
    out.raw(addresses());
    out.key("faults");
    out.writer.StartObject();
    for (const auto& name : part_names()) {
        const auto* http = http_part(name);
        out.key(name);
        out.raw(faults_json(http ? http->faults() : name == "stock" ? stock_->faults() : warehouse_->faults()));
    }
    out.writer.EndObject();
    out.key("defects");
    out.raw(defects_json(defects_));
    out.key("timeline");
    out.raw(timeline_->json());
    out.key("quirks");
    out.raw(quirks_.json());
    const auto picked = warehouse_->counts();
    out.key("counts");
    out.writer.StartObject();
    for (const auto& [name, http] : http_) out.field(name + "_requests", http->requests());
    out.field("shop_orders", static_cast<std::uint64_t>(orders_->all().size()));
    out.field("shop_orders_repeated", orders_->repetitions());
    out.field("shop_refunds", static_cast<std::uint64_t>(refunds_->count()));
    out.field("shop_requests_refused", shop_->refused());
    out.field("warehouse_taken", picked.taken);
    out.field("warehouse_repeated", picked.repeated);
    out.field("warehouse_refused", picked.refused);
    out.field("warehouse_sent", picked.sent);
    const auto paid = payments_->counts();
    out.field("payments", paid.payments);
    out.field("payments_declined", paid.declined);
    out.field("payments_captured", paid.captured);
    out.field("payments_repeated", paid.repeated);
    const auto filled = carts_->counts();
    out.field("carts", filled.carts);
    out.field("carts_repeated", filled.repeated);
    out.writer.EndObject();
    out.writer.EndObject();
    return {200, "application/json", out.text()};
}

HttpAnswer Retailer::check() const {
    const auto evidence = read_evidence(dir_, stock_place_.connection);
    const auto verdict = judge(evidence);
    JsonText out;
    out.writer.StartObject();
    out.field("ok", verdict.ok(true));
    out.strings("problems", verdict.problems);
    out.strings("open", verdict.open);
    out.strings("orphans", verdict.orphans);
    write_evidence(out, evidence);
    out.writer.EndObject();
    return {200, "application/json", out.text()};
}

}  // namespace simulator
