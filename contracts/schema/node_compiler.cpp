#include "contracts/schema/node_compiler.hpp"

#include "contracts/document/source_value.hpp"
#include "contracts/schema/keywords.hpp"
#include "contracts/schema/metaschema.hpp"

namespace headgate::schema {

NodeCompiler::NodeCompiler(Compiler& compiler, const SourceNode& source, ResourceId resource, NodeId id)
    : compiler_(compiler),
      program_(*compiler.program_),
      source_(source),
      file_(compiler.file_of(resource)),
      resource_(resource),
      id_(id) {}

NodeCompiler::Handler NodeCompiler::handler_of(std::string_view keyword) {
    using C = NodeCompiler;
    static const std::unordered_map<std::string_view, Handler> all = {
        {"type", &C::read_type},
        {"enum", &C::read_values},
        {"const", &C::read_values},
        {"multipleOf", &C::read_bound},
        {"minimum", &C::read_bound},
        {"maximum", &C::read_bound},
        {"exclusiveMinimum", &C::read_bound},
        {"exclusiveMaximum", &C::read_bound},
        {"minLength", &C::read_size},
        {"maxLength", &C::read_size},
        {"minItems", &C::read_size},
        {"maxItems", &C::read_size},
        {"minContains", &C::read_size},
        {"maxContains", &C::read_size},
        {"minProperties", &C::read_size},
        {"maxProperties", &C::read_size},
        {"pattern", &C::read_pattern},
        {"format", &C::read_format},
        {"uniqueItems", &C::read_unique},
        {"items", &C::read_schema},
        {"contains", &C::read_schema},
        {"unevaluatedItems", &C::read_schema},
        {"additionalProperties", &C::read_schema},
        {"propertyNames", &C::read_schema},
        {"unevaluatedProperties", &C::read_schema},
        {"not", &C::read_schema},
        {"if", &C::read_schema},
        {"then", &C::read_schema},
        {"else", &C::read_schema},
        {"prefixItems", &C::read_schemas},
        {"allOf", &C::read_schemas},
        {"anyOf", &C::read_schemas},
        {"oneOf", &C::read_schemas},
        {"properties", &C::read_properties},
        {"patternProperties", &C::read_pattern_properties},
        {"required", &C::read_required},
        {"dependentRequired", &C::read_dependent_required},
        {"dependentSchemas", &C::read_dependent_schemas},
        {"$defs", &C::read_definitions},
        {"$ref", &C::read_reference},
        {"$dynamicRef", &C::read_reference},
        {"$id", &C::read_identity},
        {"$anchor", &C::read_identity},
        {"$dynamicAnchor", &C::read_identity},
        {"$schema", &C::read_identity},
        {"examples", &C::read_examples},
        {"example", &C::read_examples},
        {"default", &C::read_examples},
    };
    auto found = all.find(keyword);
    return found == all.end() ? nullptr : found->second;
}

Node NodeCompiler::compile() {
    const std::size_t errors = compiler_.diagnostics_.errors();
    node_.resource = resource_;
    node_.source = &source_;
    node_.file = &file_;
    if (source_.is_scalar() && !source_.quoted && (source_.text == "true" || source_.text == "false")) {
        node_.never = source_.text == "false";
        if (node_.never) node_.types = 0;
        return std::move(node_);
    }
    if (!source_.is_mapping()) {
        fault(source_, "a schema must be a mapping, true or false", flag_hint(source_));
        return std::move(node_);
    }
    Vocabularies used = compiler_.vocabularies(resource_);
    format_ = compiler_.options_.assert_format || (used & vocabulary_format_assertion);
    for (const Entry& entry : source_.entries) {
        if (!understands(used, entry.key)) continue;
        if (Handler handler = handler_of(entry.key)) {
            (this->*handler)(entry);
        } else if (kind_of(entry.key) == KeywordKind::unknown && compiler_.options_.refuse_unknown) {
            std::string near = nearest(entry.key, keyword_names());
            std::string hint(hint_for(entry.key));
            if (hint.empty() && !near.empty()) hint = "did you mean '" + near + "'?";
            compiler_.diagnostics_.error(file_.mark(entry), "unknown keyword '" + entry.key + "'", hint);
        }
    }
    if (compiler_.diagnostics_.errors() == errors) warn_of_no_effect(used);
    if (object_) {
        for (std::uint32_t i = 0; i < object_->properties.size(); ++i) {
            object_->index.emplace(object_->properties[i].name, i);
            object_->required += object_->properties[i].required;
        }
    }
    node_.number = number_;
    node_.string = string_;
    node_.array = array_;
    node_.object = object_;
    node_.tracks = (array_ && array_->unevaluated != no_node) || (object_ && object_->unevaluated != no_node);
    node_.applies = node_.reference != no_node || node_.dynamic_reference != no_node || !node_.all_of.empty() ||
                    !node_.any_of.empty() || !node_.one_of.empty() || node_.negated != no_node ||
                    node_.condition != no_node;
    return std::move(node_);
}

void NodeCompiler::fault(const SourceNode& at, std::string message, std::string hint) {
    compiler_.diagnostics_.error(file_.mark(at), std::move(message), std::move(hint));
}

NumberRules& NodeCompiler::numbers() { return number_ ? *number_ : *(number_ = &program_.numbers.emplace_back()); }
StringRules& NodeCompiler::strings() { return string_ ? *string_ : *(string_ = &program_.strings.emplace_back()); }
ArrayRules& NodeCompiler::arrays() { return array_ ? *array_ : *(array_ = &program_.arrays.emplace_back()); }
ObjectRules& NodeCompiler::objects() { return object_ ? *object_ : *(object_ = &program_.objects.emplace_back()); }

ObjectRules::Property& NodeCompiler::property(const std::string& name) {
    auto& list = objects().properties;
    auto [known, added] = properties_.emplace(name, list.size());
    if (added) list.emplace_back().name = name;
    return list[known->second];
}

ObjectRules::Dependency& NodeCompiler::dependency(const std::string& name) {
    auto& list = objects().dependencies;
    auto [known, added] = dependencies_.emplace(name, list.size());
    if (added) list.emplace_back().name = name;
    return list[known->second];
}

void NodeCompiler::read_schema(const Entry& entry) {
    NodeId id = child(entry.value);
    std::string_view key = entry.key;
    if (key == "items") arrays().items = id;
    if (key == "contains") arrays().contains = id;
    if (key == "unevaluatedItems") arrays().unevaluated = id;
    if (key == "additionalProperties") objects().additional = id;
    if (key == "propertyNames") objects().names = id;
    if (key == "unevaluatedProperties") objects().unevaluated = id;
    if (key == "not") node_.negated = id;
    if (key == "if") node_.condition = id;
    if (key == "then") node_.then = id;
    if (key == "else") node_.otherwise = id;
}

void NodeCompiler::read_schemas(const Entry& entry) {
    if (!list(entry)) return;
    std::vector<NodeId> ids;
    for (const auto& item : entry.value.items) ids.push_back(child(item));
    if (entry.key == "prefixItems") arrays().prefix = std::move(ids);
    if (entry.key == "allOf") node_.all_of = std::move(ids);
    if (entry.key == "anyOf") node_.any_of = std::move(ids);
    if (entry.key == "oneOf") node_.one_of = std::move(ids);
}

void NodeCompiler::read_properties(const Entry& entry) {
    if (!entry.value.is_mapping()) return fault(entry.value, "properties must be a mapping of schemas by name");
    // Declared order comes first, so that a message in that order is found without a search.
    auto required = std::move(objects().properties);
    objects().properties.clear();
    properties_.clear();
    for (const auto& [name, line, column, schema] : entry.value.entries) property(name).schema = child(schema);
    for (const auto& known : required) property(known.name).required = true;
}

void NodeCompiler::read_pattern_properties(const Entry& entry) {
    if (!entry.value.is_mapping())
        return fault(entry.value, "patternProperties must be a mapping of schemas by pattern");
    for (const auto& [source, line, column, schema] : entry.value.entries)
        if (const Pattern* compiled = pattern(source, schema)) objects().patterns.emplace_back(compiled, child(schema));
}

void NodeCompiler::read_dependent_schemas(const Entry& entry) {
    if (!entry.value.is_mapping()) return fault(entry.value, "dependentSchemas must be a mapping of schemas by name");
    for (const auto& [name, line, column, schema] : entry.value.entries) dependency(name).schema = child(schema);
}

void NodeCompiler::read_definitions(const Entry& entry) {
    if (!entry.value.is_mapping()) return fault(entry.value, "$defs must be a mapping of schemas by name");
    for (const auto& definition : entry.value.entries) child(definition.value);
}

void NodeCompiler::read_reference(const Entry& entry) {
    if (!text(entry.value, entry.key)) return;
    std::string why;
    References::Place place = compiler_.resolve_schema(entry.value.text, resource_, why);
    if (!place.node) return fault(entry.value, entry.key + " '" + entry.value.text + "' " + why);
    NodeId target = compiler_.node_of(*place.node, place.resource);
    if (entry.key == "$ref") {
        node_.reference = target;
        return;
    }
    node_.dynamic_reference = target;
    if (!place.anchor.empty()) node_.dynamic_name = compiler_.dynamic_name(place.anchor);
}

void NodeCompiler::read_identity(const Entry& entry) {
    if (!text(entry.value, entry.key) || entry.key != "$schema" || !compiler_.options_.refuse_unknown) return;
    // At the root of a resource it chooses the dialect; inside one it can only repeat it.
    const SourceNode& root = *compiler_.references_.resources()[resource_].root;
    std::string_view dialect = entry.value.text;
    if (dialect.ends_with('#')) dialect.remove_suffix(1);
    if (&root != &source_ && dialect != dialect_2020_12 && dialect != "https://spec.openapis.org/oas/3.1/dialect/base")
        fault(entry.value, "the dialect '" + entry.value.text + "' is not supported",
              std::string(dialect_2020_12) + " is");
}

void NodeCompiler::read_examples(const Entry& entry) {
    if (!compiler_.options_.check_examples) return;
    if (entry.key != "examples") {
        compiler_.examples_.push_back({id_, &entry.value, &file_, entry.key == "default"});
    } else if (list(entry, true)) {
        for (const auto& item : entry.value.items) compiler_.examples_.push_back({id_, &item, &file_, false});
    }
}

}  // namespace headgate::schema
