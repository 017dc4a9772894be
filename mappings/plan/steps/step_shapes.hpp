// The messages of steps as mappings see them: what a step keeps of its answer, and the request with what earlier steps
// kept beside it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contracts/schema/schema.hpp"
#include "mappings/language/mapping.hpp"
#include "mappings/plan/chain.hpp"

namespace headgate::mappings {

// A single value of this type; `words`: those that there are, empty: any.
std::unique_ptr<const Shape> value_shape(const ChainType& type, std::vector<std::string> words = {});

// What one step keeps: values, or lists of them, typed by the codecs that make them.
class KeepShape final : public Shape {
  public:
    // `required`: it is there whenever the step has been answered.
    void add(std::string name, bool required);
    // Once its rule is compiled. `words`: of the table that makes it; empty: any.
    void set_type(std::string_view name, const ChainType& type, std::vector<std::string> words, bool list = false);

    bool allows(ValueKind kind) const override { return kind == ValueKind::object; }
    bool integer() const override { return false; }
    const Shape* property(std::string_view name) const override;  // nullptr while its type is not known
    std::vector<std::string_view> property_names() const override;
    bool required(std::string_view name) const override;
    const Shape* items() const override { return nullptr; }
    std::vector<std::string_view> enumeration() const override { return {}; }
    std::string_view format() const override { return {}; }
    std::string_view extension(std::string_view, std::string_view) const override { return {}; }
    SourceMark mark() const override { return {}; }

  private:
    struct Member {
        std::string name;
        bool required;
        std::unique_ptr<const Shape> shape;
    };
    std::vector<Member> members_;
};

// The request's message and a member for each earlier step. Borrows all shapes.
class StepMessage final : public Shape {
  public:
    explicit StepMessage(const Shape& request) : request_(&request) {}
    void add(std::string_view step, const Shape& keep, bool required) { steps_.push_back({step, &keep, required}); }

    bool allows(ValueKind kind) const override { return kind == ValueKind::object; }
    bool integer() const override { return false; }
    const Shape* property(std::string_view name) const override;
    std::vector<std::string_view> property_names() const override;
    bool required(std::string_view name) const override;
    bool may_require(std::string_view name) const override;
    const Shape* items() const override { return nullptr; }
    std::vector<std::string_view> enumeration() const override { return {}; }
    std::string_view format() const override { return {}; }
    std::string_view extension(std::string_view, std::string_view) const override { return {}; }
    SourceMark mark() const override { return request_->mark(); }

  private:
    struct Step {
        std::string_view name;
        const Shape* keep;
        bool required;
    };
    const Step* find(std::string_view name) const;

    const Shape* request_;
    std::vector<Step> steps_;
};

// `shape`, of which the part that `steps` lead to is there and not null: a condition has been met. Borrows both.
std::unique_ptr<const Shape> met(const Shape& shape, const std::vector<std::string>& steps, std::size_t from = 0);

}  // namespace headgate::mappings
