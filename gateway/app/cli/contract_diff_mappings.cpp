// Which rules of which mappings read or write what has changed in a contract.
#include <algorithm>
#include <filesystem>
#include <tuple>

#include "gateway/app/cli/contract_diff.hpp"
#include "mappings/language/mapping.hpp"

namespace headgate::cli {
namespace {

using mappings::Expression;
using mappings::Mapping;
using mappings::Path;
using mappings::Rule;

// A field of a contract's message that a rule knows.
struct Touch {
    std::string path, legacy;
    SourceMark mark;
    bool holds = false;  // a list: what is inside it is another rule's
};

std::string joined(const std::string& scope, const Path& path) {
    std::string out = scope;
    for (const auto& step : path.steps) out += '/' + step;
    return path.list ? out + "/*" : out;
}

std::string legacy_of(const std::string& scope, const Path& path) {
    return scope.empty() ? path.text : path.text.empty() ? scope : scope + "/" + path.text;
}

// Collects what one section's rules know. Recursion is bounded by the parser.
class Touches {
  public:
    void rules(const std::vector<Rule>& list, const std::string& scope, const std::string& legacy_scope) {
        for (const auto& rule : list) one(rule, scope, legacy_scope);
    }
    void add(const Path& field, const std::string& scope, std::string legacy, const SourceMark& mark,
             bool holds = false) {
        std::string path = joined(scope, field);
        if (field.braces.empty()) {
            if (path != scope) all.push_back({std::move(path), std::move(legacy), mark, holds});
            return;
        }
        for (const auto& part : field.braces) all.push_back({path + '/' + part, legacy, mark, holds});
    }

    std::vector<Touch> all;

  private:
    void one(const Rule& rule, const std::string& scope, const std::string& legacy_scope) {
        if (rule.kind == Rule::Kind::xref) return;  // its contract side is a step, no message
        std::string legacy = legacy_of(legacy_scope, rule.legacy);
        if (rule.kind == Rule::Kind::each) {
            std::string inner = joined(scope, rule.contract) + "/*";
            add(rule.contract, scope,
                rule.by_row          ? "each row"
                : rule.group.empty() ? legacy
                                     : rule.group,
                rule.mark, true);
            // Rows have no scope of their own: their columns are named as they are.
            rules(rule.rules, inner, rule.by_row || !rule.group.empty() ? legacy_scope : legacy);
            if (rule.missing) {
                add(rule.missing->over, "", "items without rows", rule.missing->mark, true);
                for (const auto& [field, value] : rule.missing->set)
                    add(field, inner, "items without rows", rule.missing->mark, true);
            }
            return;
        }
        if (rule.when) add(rule.when->field, scope, "a condition", rule.mark);
        const char* instead = rule.kind == Rule::Kind::drop ? "dropped" : "a calculation";
        add(rule.contract, scope, legacy.empty() ? instead : legacy, rule.mark);
        if (rule.kind == Rule::Kind::calc) operands(rule.expression, scope, legacy, rule.mark);
        rules(rule.rules, scope, legacy_scope);
    }
    void operands(const Expression& expression, const std::string& scope, const std::string& legacy,
                  const SourceMark& mark) {
        if (!expression.field.steps.empty())
            add(expression.field, scope, legacy.empty() ? "a calculation" : legacy, mark);
        for (const auto& operand : expression.operands) operands(operand, scope, legacy, mark);
    }
};

struct MappingTouches {
    Mapping mapping;
    std::vector<Touch> request, reply;
};

std::vector<MappingTouches> load(const std::vector<std::string>& folders, Diagnostics& diagnostics) {
    std::vector<MappingTouches> all;
    for (const auto& folder : folders) {
        std::vector<std::string> files;
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(folder, error))
            if (entry.path().filename().string().ends_with(".map.yaml")) files.push_back(entry.path().string());
        if (error) diagnostics.error({folder, 0, 0}, "this folder of mappings can't be read: " + error.message());
        std::sort(files.begin(), files.end());
        for (const auto& path : files) {
            auto file = read_source(path, diagnostics);
            if (!file) continue;
            for (auto& mapping : mappings::parse_mappings(file, diagnostics)) {
                Touches request, reply;
                request.rules(mapping.request.rules, "", "");
                reply.rules(mapping.reply.rules, "", "");
                if (mapping.batch)
                    request.all.push_back({"/" + mapping.batch->over, mapping.batch->as, mapping.batch->mark, true});
                all.push_back({std::move(mapping), std::move(request.all), std::move(reply.all)});
            }
        }
    }
    return all;
}

// The paths at which a mapping sees the change; "" is the whole message.
std::vector<std::string> seen_at(const evolution::Change& change, const Mapping& mapping) {
    std::vector<std::string> paths;
    if (!change.operation.empty() && mapping.contract_side == change.operation) paths.push_back(change.path);
    for (const auto& component : change.components)
        if (mapping.contract_side == component.contract + "/" + component.name) paths.push_back(component.path);
    return paths;
}

std::ptrdiff_t depth(const std::string& path) { return std::count(path.begin(), path.end(), '/'); }

void join(ReportedChange& one, const MappingTouches& touches) {
    const auto& change = one.change;
    bool of_operation = touches.mapping.contract_side == change.operation;
    bool reply = of_operation && change.direction == evolution::Direction::response;
    // Mappings read and write the body of a success.
    if (reply && (!change.status.starts_with('2') || change.where.find(" header ") != std::string::npos)) return;
    for (const auto& path : seen_at(change, touches.mapping)) {
        // Of a change in places that are not all told, any rule may know one.
        if (path.empty() || change.elsewhere) {
            one.mappings.push_back(
                {touches.mapping.name, touches.mapping.system + "." + touches.mapping.call, touches.mapping.mark});
            continue;
        }
        for (const auto& touch : reply ? touches.reply : touches.request)
            if (paths_touch(touch.path, path) && (!touch.holds || depth(path) <= depth(touch.path)))
                one.mappings.push_back({touches.mapping.name, touch.legacy, touch.mark});
    }
}

}  // namespace

bool paths_touch(const std::string& one, const std::string& other) {
    std::size_t a = 0, b = 0;
    while (a < one.size() && b < other.size()) {
        std::size_t a_end = std::min(one.find('/', a + 1), one.size()),
                    b_end = std::min(other.find('/', b + 1), other.size());
        std::string_view step = std::string_view(one).substr(a + 1, a_end - a - 1);
        std::string_view also = std::string_view(other).substr(b + 1, b_end - b - 1);
        if (step != also && step != "*" && also != "*") return false;
        a = a_end;
        b = b_end;
    }
    return true;
}

void join_mappings(std::vector<ReportedChange>& changes, const std::vector<std::string>& folders,
                   Diagnostics& diagnostics) {
    auto all = load(folders, diagnostics);
    auto key = [](const TouchedMapping& one) {
        return std::tie(one.mapping, one.mark.line, one.mark.column, one.legacy);
    };
    for (auto& one : changes) {
        for (const auto& touches : all) join(one, touches);
        // One calculation may read several fields of what has changed.
        std::sort(one.mappings.begin(), one.mappings.end(),
                  [&](const auto& a, const auto& b) { return key(a) < key(b); });
        one.mappings.erase(std::unique(one.mappings.begin(), one.mappings.end(),
                                       [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                           one.mappings.end());
    }
}

}  // namespace headgate::cli
