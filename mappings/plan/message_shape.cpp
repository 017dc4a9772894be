// Puts an operation's parameters and its body's members side by side.
#include "mappings/plan/message_shape.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

class MomentShape final : public Shape {
  public:
    bool allows(ValueKind kind) const override { return kind == ValueKind::string; }
    bool integer() const override { return false; }
    const Shape* property(std::string_view) const override { return nullptr; }
    std::vector<std::string_view> property_names() const override { return {}; }
    bool required(std::string_view) const override { return false; }
    const Shape* items() const override { return nullptr; }
    std::vector<std::string_view> enumeration() const override { return {}; }
    std::string_view format() const override { return "date-time"; }
    std::size_t longest() const override { return 30; }
    std::string_view extension(std::string_view, std::string_view) const override { return {}; }
    SourceMark mark() const override { return {}; }
};

class MessageShape : public Shape {
  public:
    explicit MessageShape(const Operation& operation) : operation_(operation) {}
    bool allows(ValueKind kind) const override { return kind == ValueKind::object; }
    bool integer() const override { return false; }
    const Shape* property(std::string_view name) const override {
        if (const auto* parameter = operation_.parameter(name))
            return parameter->schema ? &parameter->schema->shape() : nullptr;
        // Of several media types the first that knows the member says what it is.
        const Shape* found = operation_.body ? operation_.body->shape().property(name) : nullptr;
        for (std::size_t i = 1; !found && i < operation_.bodies.size(); ++i)
            found = operation_.bodies[i].schema->shape().property(name);
        return !found && is_moment(name) ? &moment_ : found;
    }
    std::vector<std::string_view> property_names() const override {
        std::vector<std::string_view> names;
        for (const auto& parameter : operation_.parameters) names.push_back(parameter.name);
        if (operation_.body)
            for (auto name : operation_.body->shape().property_names()) names.push_back(name);
        for (std::size_t i = 1; i < operation_.bodies.size(); ++i)
            for (auto name : operation_.bodies[i].schema->shape().property_names())
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        return names;
    }
    bool required(std::string_view name) const override {
        if (is_moment(name)) return true;
        if (const auto* parameter = operation_.parameter(name)) return parameter->required;
        for (std::size_t i = 1; i < operation_.bodies.size(); ++i)
            if (!operation_.bodies[i].schema->shape().required(name)) return false;
        return operation_.body && operation_.body_required && operation_.body->shape().required(name);
    }
    bool may_require(std::string_view name) const override {
        if (const auto* parameter = operation_.parameter(name)) return parameter->required;
        return std::any_of(operation_.bodies.begin(), operation_.bodies.end(),
                           [&](const auto& body) { return body.schema->shape().may_require(name); });
    }
    const Shape* items() const override { return nullptr; }
    std::vector<std::string_view> enumeration() const override { return {}; }
    std::string_view format() const override { return {}; }
    std::string_view extension(std::string_view, std::string_view) const override { return {}; }
    SourceMark mark() const override { return operation_.mark; }

  private:
    // Not among the names: whoever has no use for it need not say so.
    bool is_moment(std::string_view name) const {
        if (operation_.safe || name != moment_member) return false;
        auto names = property_names();
        return std::find(names.begin(), names.end(), name) == names.end();
    }

    const Operation& operation_;
    MomentShape moment_;
};

}  // namespace

std::unique_ptr<const Shape> request_shape(const Operation& operation) {
    return std::make_unique<MessageShape>(operation);
}

}  // namespace headgate::mappings
