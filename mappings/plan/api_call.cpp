#include "mappings/plan/api_call.hpp"

#include <algorithm>

#include "mappings/plan/fault_error.hpp"

namespace headgate {

namespace {

bool names(const ApiCall& call, std::string_view code) {
    return std::any_of(call.faults.begin(), call.faults.end(),
                       [&](const std::string& rule) { return mappings::meets(rule, code); });
}

}  // namespace

Result<WrittenRequest> write_api_call(const Plan& plan, const ApiCall& call, const Value& document) {
    auto written = write_api_request(*call.operation, document);
    if (!written) written.error().pointer = plan.contract_pointer(written.error().pointer).value_or("");
    return written;
}

std::optional<Error> refused_with_success(const Plan& plan, const ApiCall& call, int status, const Value& body) {
    auto code = fault_code(status, body, call.codes);
    if (code.find('/') == std::string::npos || !names(call, code)) return std::nullopt;
    return fault_error(plan.fault(code, body), "HTTP " + code);
}

Result<Value> read_api_call(const Plan& plan, const ApiCall& call, const ApiAnswer& answer, const Value& request,
                            Builder& builder, DriftLog* drift, ErrorKind unnamed) {
    auto body = read_api_body(answer, builder);
    if (answer.status / 100 != 2) {
        // A refusal need not be readable: its status says enough.
        Value told = body ? *body : Value::null();
        auto code = fault_code(answer.status, told, call.codes);
        if (!names(call, code)) return Error{unnamed, "the system did not carry the call out", "HTTP " + code};
        return fault_error(plan.fault(code, told), "HTTP " + code);
    }
    if (!body) return std::move(body).error();
    if (auto refused = refused_with_success(plan, call, answer.status, *body)) return std::move(*refused);
    const Operation& operation = call.operation->operation;
    const Schema* schema = operation.response_schema(answer.status);
    bool empty = body->is_null() && schema && !schema->shape().allows(ValueKind::null);
    if (empty || !operation.response(answer.status))
        return Error{ErrorKind::bad_answer, "the system's answer can't be read",
                     "HTTP " + std::to_string(answer.status) + ": " + operation.id +
                         (empty ? " declares a body" : " declares no such answer")};
    auto document = api_document(*call.operation, answer, *body, builder);
    if (!document) return document;
    return plan.to_contract(*document, request, builder, drift);
}

}  // namespace headgate
