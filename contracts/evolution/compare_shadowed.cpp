// Requests that go elsewhere: a path that is new takes those that a template answered, whatever its methods are, as
// OpenAPI looks for the path first.
#include <algorithm>
#include <map>
#include <set>

#include "contracts/document/number.hpp"
#include "contracts/evolution/comparers.hpp"
#include "contracts/evolution/path_template.hpp"
#include "contracts/schema/formats.hpp"
#include "contracts/schema/pattern.hpp"

namespace headgate::evolution {
namespace {

struct Path {
    PathTemplate shape;
    std::vector<const OperationPlace*> operations;
};
using Paths = std::vector<Path>;

Paths paths_of(const std::vector<OperationPlace>& operations) {
    Paths paths;
    for (const auto& operation : operations) {
        if (paths.empty() || paths.back().operations.front()->path != operation.path)
            paths.push_back({PathTemplate(operation.path), {}});
        paths.back().operations.push_back(&operation);
    }
    return paths;
}

// Those of the present side that are no former ones, nor former ones with other names for their parameters.
std::vector<const Path*> new_paths(const Paths& before, const Paths& after) {
    std::set<std::string_view> known, kept;
    for (const auto& path : before) known.insert(path.operations.front()->path);
    for (const auto& path : after) kept.insert(path.operations.front()->path);
    std::map<std::string, int> renamed;  // by shape
    for (const auto& path : before)
        if (const std::string& text = path.operations.front()->path; !kept.contains(text))
            ++renamed[without_names(text)];
    std::vector<const Path*> come;
    for (const auto& path : after) {
        const std::string& text = path.operations.front()->path;
        if (!known.contains(text) && renamed[without_names(text)]-- <= 0) come.push_back(&path);
    }
    return come;
}

bool is_among(const std::map<std::string, Place>& values, const std::string& text) {
    return std::any_of(values.begin(), values.end(), [&](const auto& value) {
        const SourceNode& node = *value.second.node;
        // How a list or an object is written isn't judged.
        return !node.is_scalar() || node.text == text ||
               (is_json_number(text) && is_json_number(node.text) && Decimal(text) == Decimal(node.text));
    });
}

// Whether the schema of a parameter lets no request have this text; said only where it is certain.
bool refuses(ApiFiles& files, Place schema, const std::string& text, Budget& budget) {
    SchemaView view = view_of(files, {schema}, budget);
    if (view.values && !is_among(*view.values, text)) return true;
    if (view.types & (types::array | types::object)) return false;
    if (!(view.types & types::string))
        return !(view.types & (types::boolean | types::null)) && text.find_first_of("0123456789") == std::string::npos;
    if (view.types & ~(types::string | types::null)) return false;
    for (const auto& [format, at] : view.formats)
        if (!schema::conforms(schema::format_of(format), text)) return true;
    for (const auto& [pattern, at] : view.patterns) {
        std::string why;
        auto compiled = schema::Pattern::compile(pattern, why);
        if (compiled && !compiled->matches(text)) return true;
    }
    return false;
}

class Shadows {
  public:
    Shadows(Comparison& comparison, const Paths& before) : comparison_(comparison) {
        for (const auto& path : before) by_length_[path.shape.segments().size()].push_back(&path);
    }

    // Each operation that answered requests which go to this path from now on.
    template <class Tell>
    void of(const Path& taker, Tell&& tell) {
        std::vector<const Path*> met;
        for (const Path* former : by_length_[taker.shape.segments().size()])
            if (comparison_.budget.spend() && former->shape.meets(taker.shape)) met.push_back(former);
        for (const Path* former : met) {
            if (former->shape.is_narrower_than(taker.shape) || !comparison_.budget.spend(met.size())) continue;
            // A former path between the two had them.
            bool had = std::none_of(met.begin(), met.end(), [&](const Path* between) {
                return between->shape.covers(taker.shape) && between->shape.is_narrower_than(former->shape);
            });
            for (const auto* operation : former->operations)
                if (had && !is_refused(*operation, taker)) tell(*operation);
        }
    }

  private:
    // A concrete segment that the former operation's parameter refuses.
    bool is_refused(const OperationPlace& former, const Path& taker) const {
        const auto& segments = taker.shape.segments();
        return std::any_of(former.parameters.begin(), former.parameters.end(), [&](const ParameterPlace& parameter) {
            Place schema = comparison_.before_files.child(parameter.at, "schema");
            if (parameter.in != "path" || !schema) return false;
            std::size_t begin = former.path.find("/{" + parameter.name + '}');
            if (begin == std::string::npos) return false;
            std::size_t end = begin + parameter.name.size() + 3;
            if (end < former.path.size() && former.path[end] != '/') return false;
            std::size_t index = PathTemplate(former.path.substr(0, begin)).segments().size();
            const std::string text = index < segments.size() ? segments[index] : "{}";
            return text.find_first_of("{%") == std::string::npos &&
                   refuses(comparison_.before_files, schema, text, comparison_.budget);
        });
    }

    Comparison& comparison_;
    std::map<std::size_t, std::vector<const Path*>> by_length_;
};

const OperationPlace& of_method(const Path& path, const std::string& method) {
    auto found = std::find_if(path.operations.begin(), path.operations.end(),
                              [&](const OperationPlace* one) { return one->method == method; });
    return found == path.operations.end() ? *path.operations.front() : **found;
}

}  // namespace

void compare_shadowed(Comparison& comparison, const std::vector<OperationPlace>& before,
                      const std::vector<OperationPlace>& after, const std::vector<const OperationPlace*>& partners) {
    Paths former = paths_of(before), present = paths_of(after);
    Shadows shadows(comparison, former);
    for (const Path* taker : new_paths(former, present))
        shadows.of(*taker, [&](const OperationPlace& was) {
            const OperationPlace* kept = partners[static_cast<std::size_t>(&was - before.data())];
            // What is gone or has moved is told as that.
            if (!kept || without_names(kept->path) != without_names(was.path)) return;
            const OperationPlace& is = of_method(*taker, was.method);
            Frame frame;
            frame.operation = kept->label;
            comparison.tell(frame, "operation-shadowed", {was.at, is.at},
                            is.path + (is.method == was.method ? "" : ", which has no " + was.method + ',') +
                                " takes requests that " + was.method + ' ' + was.path + " answered",
                            "a path that no template stands for takes none");
        });
}

}  // namespace headgate::evolution
