// A document's own keys: its name and version, its servers, its webhooks.
#include "contracts/document/number.hpp"
#include "contracts/evolution/comparers.hpp"

namespace headgate::evolution {
namespace {

const char* const methods[] = {"get", "put", "post", "delete", "options", "head", "patch", "trace"};

// 2.10.1-beta -> its numbers; nothing when it isn't made of numbers and dots.
std::optional<std::vector<std::string>> numbers_of(std::string_view version) {
    std::vector<std::string> numbers(1);
    for (char c : version.substr(0, version.find_first_of("-+"))) {
        if (c == '.')
            numbers.emplace_back();
        else if (c >= '0' && c <= '9' && numbers.back().size() < 9)
            numbers.back() += c;
        else
            return std::nullopt;
    }
    for (auto& number : numbers) {
        if (number.empty()) return std::nullopt;
        number.insert(0, 9 - number.size(), '0');  // so that texts compare as numbers
    }
    return numbers;
}

// inventory.v2 -> inventory; nothing when it is no name of a contract.
std::string capability(std::string_view contract) {
    std::size_t dot = contract.rfind(".v");
    if (dot == std::string_view::npos || dot + 2 == contract.size()) return {};
    if (contract.find_first_not_of("0123456789", dot + 2) != std::string_view::npos) return {};
    return std::string(contract.substr(0, dot));
}

bool is_major_raised(std::string_view from, std::string_view to) {
    auto was = numbers_of(from), is = numbers_of(to);
    return was && is && is->front() > was->front();
}

void compare_version(Comparison& comparison, Both version, Both info) {
    std::string from(version.before.text()), to(version.after.text());
    if (from == to) return;  // judged when all changes are known
    Both at{version.before ? version.before : info.before, version.after ? version.after : info.after};
    auto was = numbers_of(from), is = numbers_of(to);
    std::string message = "the version was '" + from + "' and is '" + to + "'";
    if (was && is && *is < *was)
        comparison.tell({}, "version-lowered", at, message);
    else if (is_major_raised(from, to))
        comparison.tell({}, "major-version-raised", at, message);
    else if (was && !is)
        comparison.tell({}, "version-lowered", at, message + ", which is no version");
    else
        comparison.tell({}, "version-raised", at, message);
}

void compare_name(Comparison& comparison, Both name, Both version, Both info) {
    std::string from(name.before.text()), to(name.after.text());
    if (from == to || !name.before) return;
    Both at{name.before, name.after ? name.after : info.after};
    // From inventory.v1 to inventory.v2, as the version says too.
    if (!capability(from).empty() && capability(from) == capability(to) &&
        is_major_raised(version.before.text(), version.after.text()))
        return;
    comparison.tell(
        {}, "contract-renamed", at,
        "the contract was named '" + from + "' and is " + (to.empty() ? "no contract" : "named '" + to + "'"));
}

// What the same text means otherwise in the other version is told where it stands.
void compare_openapi(Comparison& comparison, Both openapi) {
    std::string from(openapi.before.text()), to(openapi.after.text());
    if (from == to) return;
    bool same = comparison.before_files.dialect(openapi.before) == comparison.after_files.dialect(openapi.after);
    comparison.tell({}, same ? "openapi-patch-changed" : "openapi-version-changed", openapi,
                    "was written in OpenAPI " + from + " and is in " + to,
                    same ? "" : "generators and other readers must know the version; uploads are described otherwise");
}

bool has_operation(const ApiFiles& files, Place item) {
    for (const char* method : methods)
        if (files.child(item, method)) return true;
    return false;
}

// What stands beside the operations of a path, and paths without any.
void compare_path_items(Comparison& comparison, Both paths) {
    comparison.see(paths);
    for (const auto& key : comparison.keys(paths)) {
        if (!comparison.budget.spend()) return;
        Both item = comparison.child(paths, key);
        if (key.starts_with("x-")) {
            if (!comparison.same_meaning(item))
                comparison.tell({}, "extension-changed", item, "'" + key + "' has changed");
            continue;
        }
        Both followed = comparison.follow(item);
        bool was = has_operation(comparison.before_files, followed.before);
        bool is = has_operation(comparison.after_files, followed.after);
        if (was && is)
            comparison.compare_rest(
                {}, followed,
                {"parameters", "servers", "get", "put", "post", "delete", "options", "head", "patch", "trace"});
        else if (!was && !is && !comparison.same_meaning(item))
            comparison.tell({}, "unknown-change",
                            {item.before ? item.before : paths.before, item.after ? item.after : paths.after},
                            "'" + key + "', which has no operation, has changed");
    }
}

}  // namespace

void compare_document(Comparison& comparison) {
    const Both& root = comparison.root;
    comparison.see(root);
    compare_openapi(comparison, comparison.child(root, "openapi"));
    Both info = comparison.child(root, "info");
    comparison.see(info);
    compare_version(comparison, comparison.child(info, "version"), info.before && info.after ? info : root);
    compare_name(comparison, comparison.child(info, "x-contract"), comparison.child(info, "version"),
                 info.before && info.after ? info : root);
    compare_lifecycle(comparison, {}, info);
    comparison.compare_rest({}, info, {"version", "x-contract", "x-lifecycle", "deprecated"});
    compare_servers(comparison, {}, comparison.child(root, "servers"), root);
    compare_operations(comparison);
    if (Both webhooks = comparison.child(root, "webhooks"); !comparison.same_meaning(webhooks))
        comparison.tell({}, "webhook-changed",
                        {webhooks.before ? webhooks.before : root.before, webhooks.after ? webhooks.after : root.after},
                        "its webhooks have changed");
    comparison.compare_rest({}, root, {"openapi", "info", "servers", "security", "paths", "webhooks", "components"});
    compare_path_items(comparison, comparison.child(root, "paths"));
}

}  // namespace headgate::evolution
