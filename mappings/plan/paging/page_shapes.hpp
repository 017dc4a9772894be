// The messages of a list as the rules of its mapping see them: `page` in the place of what callers page with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contracts/schema/schema.hpp"

namespace headgate::mappings {

// An object of `base`'s members but for those that are hidden, and others beside them. Borrows `base` and the shapes of
// members that it does not own.
class PagedShape final : public Shape {
  public:
    explicit PagedShape(const Shape* base = nullptr) : base_(base) {}
    void hide(std::string_view name) { hidden_.push_back(name); }
    void add(std::string name, const Shape& shape, bool required) {
        members_.push_back({std::move(name), required, &shape, nullptr});
    }
    void add(std::string name, std::unique_ptr<const Shape> shape, bool required) {
        const Shape* borrowed = shape.get();
        members_.push_back({std::move(name), required, borrowed, std::move(shape)});
    }

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
    SourceMark mark() const override { return base_ ? base_->mark() : SourceMark(); }
    std::string pointer() const override { return base_ ? base_->pointer() : std::string(); }

  private:
    struct One {
        std::string name;
        bool required;
        const Shape* shape;
        std::unique_ptr<const Shape> owned;
    };
    const One* find(std::string_view name) const;
    bool hides(std::string_view name) const;

    const Shape* base_;  // nullptr: the members alone
    std::vector<std::string_view> hidden_;
    std::vector<One> members_;
};

}  // namespace headgate::mappings
