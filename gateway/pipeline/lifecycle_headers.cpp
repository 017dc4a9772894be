#include "gateway/pipeline/lifecycle_headers.hpp"

#include "base/timestamp.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

constexpr const char* relation = ">; rel=\"successor-version\"";

// The same operation of the successor where its path can be filled from ours, else where that version begins.
std::string successor_path(const Operation& operation, const Registry& contracts) {
    const Contract* successor = contracts.find_contract(operation.lifecycle.successor);
    if (!successor) return {};
    const Operation* same = contracts.find(successor->name + "/" + operation.id);
    if (!same) return successor->path_prefix();
    for (const Parameter& parameter : same->parameters) {
        const Parameter* ours = operation.parameter(parameter.name);
        if (parameter.in == ParameterPlace::path && (!ours || ours->in != ParameterPlace::path))
            return successor->path_prefix();
    }
    return same->path;
}

}  // namespace

LifecycleHeaders::LifecycleHeaders(const Operation& operation, const Registry& contracts) {
    const Lifecycle& life = operation.lifecycle;
    if (life.state != Lifecycle::State::deprecated) return;
    if (life.deprecated) {
        auto seconds = std::chrono::floor<std::chrono::seconds>(*life.deprecated).time_since_epoch().count();
        fixed_.push_back({"Deprecation", "@" + std::to_string(seconds)});
    }
    if (life.sunset) fixed_.push_back({"Sunset", http_date(*life.sunset)});
    std::string path = successor_path(operation, contracts);
    for (std::string_view rest = path; !rest.empty();) {
        auto open = rest.find('{'), close = rest.find('}');
        if (open == std::string_view::npos || close == std::string_view::npos) {
            successor_.push_back({std::string(rest), {}});
            break;
        }
        successor_.push_back({std::string(rest.substr(0, open)), std::string(rest.substr(open + 1, close - open - 1))});
        rest.remove_prefix(close + 1);
    }
    if (successor_.size() == 1 && successor_[0].parameter.empty()) {
        fixed_.push_back({"Link", "<" + path + relation});
        successor_.clear();
    }
}

void LifecycleHeaders::add_to(std::vector<HttpHeader>& headers, const OperationMatch& match) const {
    headers.insert(headers.end(), fixed_.begin(), fixed_.end());
    if (successor_.empty()) return;
    std::string link = "<";
    for (const Piece& piece : successor_) {
        link += piece.text;
        for (const auto& [name, value] : match.path_parameters)
            // As sent: only what a path may hold without doubt goes into a header.
            if (auto plain = name == piece.parameter ? percent_decode(value, false) : std::nullopt)
                percent_encode(*plain, link);
    }
    headers.push_back({"Link", link + relation});
}

}  // namespace headgate
