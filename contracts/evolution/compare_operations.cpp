// Which operation is which, and what has become of it.
#include <functional>
#include <unordered_map>

#include "contracts/evolution/comparers.hpp"
#include "contracts/evolution/path_template.hpp"

namespace headgate::evolution {
namespace {

void tell_removed(Comparison& comparison, const OperationPlace& was) {
    Frame frame;
    frame.operation = was.label;
    std::string sunset = sunset_of(comparison.before_files, was.at, comparison.root.before);
    std::string what = was.method + ' ' + was.path + " is gone";
    if (sunset.empty())
        comparison.tell(frame, "operation-removed", {was.at, comparison.root.after}, what,
                        "announce it first: deprecated: true, x-lifecycle: { sunset: ... }");
    else if (comparison.today < sunset)
        comparison.tell(frame, "operation-removed-before-sunset", {was.at, comparison.root.after},
                        what + ", announced for " + sunset);
    else
        comparison.tell(frame, "operation-removed-after-sunset", {was.at, comparison.root.after},
                        what + ", as was announced for " + sunset);
}

void compare_names(Comparison& comparison, const Frame& frame, const OperationPlace& was, const OperationPlace& is) {
    Both ids = comparison.child({was.at, is.at}, "operationId");
    if (was.id != is.id) {
        if (was.id.empty())
            comparison.tell(frame, "operation-id-added", {was.at, ids.after}, "its operationId is '" + is.id + "'");
        else
            comparison.tell(
                frame, "operation-id-changed", {ids.before, ids.after ? ids.after : is.at},
                "its operationId was '" + was.id + "' and is " + (is.id.empty() ? "gone" : "'" + is.id + "'"));
    }
    if (without_names(was.path) != without_names(is.path))
        comparison.tell(frame, "operation-path-changed", {was.at, is.at},
                        "its path was " + was.path + " and is " + is.path);
    if (was.method != is.method)
        comparison.tell(frame, "operation-method-changed", {was.at, is.at},
                        "its method was " + was.method + " and is " + is.method);
    bool was_safe = is_flag_set(comparison.before_files, was.at, "x-safe");
    bool is_safe = is_flag_set(comparison.after_files, is.at, "x-safe");
    if (was_safe != is_safe)
        comparison.tell(frame, is_safe ? "safe-added" : "safe-removed", {was.at, is.at},
                        is_safe ? "may be repeated from now on" : "may not be repeated any longer");
}

void compare_operation(Comparison& comparison, const OperationPlace& was, const OperationPlace& is) {
    Frame frame;
    frame.operation = is.label;
    Both at{was.at, is.at};
    compare_names(comparison, frame, was, is);
    compare_lifecycle(comparison, frame, at);
    compare_security(comparison, frame, {was.security, is.security}, at);
    if (comparison.child(at, "servers") || comparison.child({was.item, is.item}, "servers"))
        compare_servers(comparison, frame, {was.servers, is.servers}, at);
    compare_parameters(comparison, frame, was, is);
    compare_body(comparison, frame, is.method, comparison.child(at, "requestBody"));
    compare_responses(comparison, frame, comparison.child(at, "responses"));
    if (Both callbacks = comparison.child(at, "callbacks"); !comparison.same_meaning(callbacks))
        comparison.tell(frame, "callback-changed", callbacks, "its callbacks have changed");
    comparison.compare_rest(frame, at,
                            {"operationId", "parameters", "requestBody", "responses", "callbacks", "deprecated",
                             "security", "servers", "x-lifecycle", "x-safe"});
}

}  // namespace

void compare_operations(Comparison& comparison) {
    auto before = operations_of(comparison.before_files, comparison.root.before);
    auto after = operations_of(comparison.after_files, comparison.root.after);
    std::vector<const OperationPlace*> partner(before.size(), nullptr);
    std::vector<bool> taken(after.size());
    // First what answers the same requests (as it is written, where a path is there twice), then what has kept its
    // name.
    const std::function<std::string(const OperationPlace&)> keys[] = {
        [](const OperationPlace& one) { return one.method + ' ' + one.path; },
        [](const OperationPlace& one) { return one.route; }, [](const OperationPlace& one) { return one.id; }};
    for (const auto& key : keys) {
        std::unordered_multimap<std::string, std::size_t> present;
        for (std::size_t i = 0; i < after.size(); ++i)
            if (!taken[i] && !key(after[i]).empty()) present.emplace(key(after[i]), i);
        for (std::size_t i = 0; i < before.size(); ++i) {
            auto found = partner[i] ? present.end() : present.find(key(before[i]));
            if (found == present.end()) continue;
            partner[i] = &after[found->second];
            taken[found->second] = true;
            present.erase(found);
        }
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (partner[i])
            compare_operation(comparison, before[i], *partner[i]);
        else
            tell_removed(comparison, before[i]);
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (taken[i]) continue;
        Frame frame;
        frame.operation = after[i].label;
        comparison.tell(frame, "operation-added", {{}, after[i].at}, after[i].method + ' ' + after[i].path + " is new");
    }
    compare_shadowed(comparison, before, after, partner);
}

}  // namespace headgate::evolution
