// Holds a caller's partial schema against the contract's: what it reads must be there, be always there when it requires
// it, and be of no kind and no value that it doesn't expect.
#include <algorithm>

#include "contracts/document/source_value.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/usage/reliance.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_fields = 4096;

std::string kinds(const Shape& shape) {
    std::string out;
    for (auto kind : {ValueKind::null, ValueKind::boolean, ValueKind::number, ValueKind::string, ValueKind::array,
                      ValueKind::object})
        if (shape.allows(kind))
            out += (out.empty() ? "" : " or ") +
                   std::string(kind == ValueKind::number && shape.integer() ? "integer" : name(kind));
    return out.empty() ? "nothing" : out;
}

class Check {
  public:
    Check(Reliance& reliance, Diagnostics& diagnostics) : reliance_(reliance), diagnostics_(diagnostics) {}

    void compare(const Shape& mine, const Shape& theirs, const std::string& path) {
        auto pair = std::pair(&mine, &theirs);
        if (std::find(open_.begin(), open_.end(), pair) != open_.end() || reliance_.fields.size() >= most_fields)
            return;
        if (!check_kinds(mine, theirs, path)) return;
        open_.push_back(pair);
        check_values(mine, theirs, path);
        std::string format(mine.format());
        if (!format.empty() && format != theirs.format())
            fault(mine, place(path) + " is no " + format + " in the contract",
                  theirs.format().empty() ? "" : "it is a " + std::string(theirs.format()));
        for (auto name : mine.property_names()) compare_property(mine, theirs, name, path);
        if (mine.items()) compare_each(*mine.items(), theirs.items(), path, "items of an array");
        if (const Shape* rest = rest_of(mine))
            compare_each(*rest, rest_of(theirs), path, "members beside those it names");
        open_.pop_back();
    }

  private:
    // An empty schema takes everything: a caller that does not say a kind does not care.
    bool check_kinds(const Shape& mine, const Shape& theirs, const std::string& path) {
        for (auto kind : {ValueKind::null, ValueKind::boolean, ValueKind::number, ValueKind::string, ValueKind::array,
                          ValueKind::object}) {
            bool decimals = kind == ValueKind::number && mine.integer() && !theirs.integer();
            if (!theirs.allows(kind) || (mine.allows(kind) && !decimals)) continue;
            fault(mine, place(path) + " is " + kinds(theirs) + " in the contract, but " + kinds(mine) + " here");
            return false;
        }
        return true;
    }

    void check_values(const Shape& mine, const Shape& theirs, const std::string& path) {
        auto wanted = mine.enumeration(), given = theirs.enumeration();
        if (wanted.empty()) return;
        if (given.empty()) return fault(mine, place(path) + " may be any string by the contract", "no enum there");
        for (auto value : wanted)
            if (std::find(given.begin(), given.end(), value) == given.end()) {
                std::string near = nearest(value, given);
                fault(mine, place(path) + " is never '" + std::string(value) + "' by the contract",
                      near.empty() ? "" : "did you mean '" + near + "'?");
            }
        for (auto value : given)
            if (std::find(wanted.begin(), wanted.end(), value) == wanted.end())
                fault(mine,
                      place(path) + " may be '" + std::string(value) + "' by the contract, which is not expected");
    }

    void compare_property(const Shape& mine, const Shape& theirs, std::string_view name, const std::string& path) {
        std::string inner = path;
        append_pointer(inner, name);
        const Shape& wanted = *mine.property(name);
        const Shape* given = theirs.property(name);
        auto names = theirs.property_names();
        if (!given && std::find(names.begin(), names.end(), name) == names.end()) {
            std::string near = nearest(name, names);
            return fault(wanted, "the contract's answer has no '" + inner + "'",
                         near.empty() ? "" : "did you mean '" + near + "'?");
        }
        reliance_.fields.push_back(inner);
        if (mine.required(name) && !theirs.required(name))
            fault(wanted, place(inner) + " may be absent by the contract", "don't require it");
        if (given) compare(wanted, *given, inner);
    }

    void compare_each(const Shape& wanted, const Shape* given, const std::string& path, const char* what) {
        if (!given) return fault(wanted, "the contract says nothing of " + std::string(what) + " at " + place(path));
        reliance_.fields.push_back(path + "/*");
        compare(wanted, *given, path + "/*");
    }

    static const Shape* rest_of(const Shape& shape) {
        auto names = shape.property_names();
        std::string probe = "*";
        while (std::find(names.begin(), names.end(), probe) != names.end()) probe += '*';
        return shape.property(probe);
    }

    static std::string place(const std::string& path) { return path.empty() ? "the answer" : "'" + path + "'"; }
    void fault(const Shape& at, std::string message, std::string hint = {}) {
        diagnostics_.error(at.mark(), reliance_.operation->name + ": " + std::move(message), std::move(hint));
    }

    Reliance& reliance_;
    Diagnostics& diagnostics_;
    std::vector<std::pair<const Shape*, const Shape*>> open_;  // being compared: schemas may contain themselves
};

// A required name that `properties` beside it does not describe would be relied on without being seen.
void check_required(const SourceNode& node, const SourceFile& file, Diagnostics& diagnostics) {
    for (const SourceNode& item : node.items) check_required(item, file, diagnostics);
    if (!node.is_mapping()) return;
    const SourceNode* required = node.find("required");
    const SourceNode* properties = node.find("properties");
    if (required && required->is_sequence())
        for (const SourceNode& name : required->items)
            if (!properties || !properties->find(name.text))
                diagnostics.error(file.mark(name), "'" + name.text + "' is required, and not among the properties",
                                  "say what it is: properties: { " + name.text + ": {} }");
    for (const auto& entry : node.entries) {
        if (entry.key == "enum" || entry.key == "const" || entry.key == "examples" || entry.key == "default") continue;
        if (entry.key != "properties" && entry.key != "$defs") {
            check_required(entry.value, file, diagnostics);
            continue;
        }
        for (const auto& named : entry.value.entries) check_required(named.value, file, diagnostics);
    }
}

}  // namespace

void check_reliance(Reliance& reliance, const SourceFile& file, const SourceNode& response, Diagnostics& diagnostics) {
    Diagnostics faults;
    check_required(response, file, faults);
    const Content& declared = reliance.operation->contents(reliance.status).front();
    Check(reliance, faults).compare(reliance.response->shape(), declared.schema->shape(), "");
    bool sound = !faults.has_errors();
    diagnostics.add(faults);
    if (!sound) return;  // the examples would say it once more
    Arena arena;
    Builder builder(arena);
    for (const Example& example : declared.examples) {
        std::vector<SchemaIssue> issues;
        if (reliance.response->validate(to_value(*example.value, builder), &issues)) continue;
        for (const auto& issue : issues)
            diagnostics.error(issue.schema, reliance.operation->name + ": the contract's example '" + example.name +
                                                "' breaks it at '" + issue.pointer + "': " + issue.message);
    }
}

}  // namespace headgate
