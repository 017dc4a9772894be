#include "contracts/evolution/operations.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "contracts/evolution/path_template.hpp"

namespace headgate::evolution {
namespace {

// Which of the path's parts this parameter is; by name when it is none.
std::string path_key(const std::string& path, const std::string& name) {
    std::size_t index = 0;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1), ++index)
        if (path.compare(at + 1, name.size() + 1, name + "}") == 0) return "path " + std::to_string(index);
    return "path " + name;
}

void add_parameters(ApiFiles& files, Place list, const std::string& path, std::vector<ParameterPlace>& out) {
    if (!list || !list.node->is_sequence()) return;
    const std::size_t others = out.size();
    for (std::size_t i = 0; i < list.node->items.size(); ++i) {
        Place at = files.follow(files.item(list, i));
        ParameterPlace parameter;
        parameter.in = files.child(at, "in").text();
        parameter.name = files.child(at, "name").text();
        parameter.at = at;
        if (parameter.in.empty() || parameter.name.empty())
            parameter.key = "unreadable " + std::to_string(i);
        else if (parameter.in == "path")
            parameter.key = path_key(path, parameter.name);
        else
            parameter.key = parameter.in + ' ' + (parameter.in == "header" ? to_lower(parameter.name) : parameter.name);
        if (!at) continue;
        auto known = [&](std::size_t begin, std::size_t end) {
            auto found = std::find_if(out.begin() + begin, out.begin() + end,
                                      [&](const auto& one) { return one.key == parameter.key; });
            return found == out.begin() + end ? nullptr : &*found;
        };
        // The operation's own comes first and wins over its path's; a second of one list, or a header in other letters,
        // which not every reader takes for the same, is another.
        if (const auto* own = known(0, others); own && own->name == parameter.name) continue;
        while (known(0, out.size())) mark_again(parameter.key);
        out.push_back(std::move(parameter));
    }
}

}  // namespace

std::vector<OperationPlace> operations_of(ApiFiles& files, Place root) {
    std::vector<OperationPlace> all;
    Place paths = files.child(root, "paths");
    if (!paths) return all;
    files.see(paths);
    Place contract = files.child(files.child(root, "info"), "x-contract");
    for (const auto& entry : paths.node->entries) {
        if (entry.key.starts_with("x-")) continue;
        Place item = files.follow(files.entry(paths, entry));
        for (const char* word : {"get", "put", "post", "delete", "options", "head", "patch", "trace"}) {
            Place at = files.child(item, word);
            if (!at || !at.node->is_mapping()) continue;
            files.see(at);
            OperationPlace operation;
            operation.method = to_upper(word);
            operation.path = entry.key;
            operation.route = operation.method + ' ' + without_names(entry.key);
            operation.id = files.child(at, "operationId").text();
            operation.label = operation.id.empty() ? operation.method + ' ' + operation.path
                              : contract           ? std::string(contract.text()) + '/' + operation.id
                                                   : operation.id;
            operation.at = at;
            operation.item = item;
            add_parameters(files, files.child(at, "parameters"), entry.key, operation.parameters);
            add_parameters(files, files.child(item, "parameters"), entry.key, operation.parameters);
            auto nearest = [&](const char* key, std::initializer_list<Place> from) {
                for (Place place : from)
                    if (Place found = files.child(place, key)) return found;
                return Place{};
            };
            operation.security = nearest("security", {at, root});
            operation.servers = nearest("servers", {at, item, root});
            all.push_back(std::move(operation));
        }
    }
    return all;
}

}  // namespace headgate::evolution
