// FakeShape: a schema's shape put together by hand, for tests that need no contract; FakeSchema gives it to an
// Operation.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "contracts/schema/schema.hpp"

namespace headgate {

// FakeShape::object({{"sku", FakeShape::any()}}); chained calls add formats and extensions.
class FakeShape final : public Shape {
  public:
    static FakeShape any() { return {}; }
    static FakeShape date_time() { return FakeShape().with_format("date-time"); }
    static FakeShape words(std::vector<std::string> all) {
        FakeShape shape;
        shape.words_ = std::move(all);
        return shape;
    }
    static FakeShape object(std::map<std::string, FakeShape, std::less<>> properties) {
        FakeShape shape;
        shape.properties_ = std::move(properties);
        return shape;
    }
    static FakeShape array(FakeShape items) {
        FakeShape shape;
        shape.items_ = std::make_shared<FakeShape>(std::move(items));
        return shape;
    }
    FakeShape with_format(std::string format) && { return format_ = std::move(format), std::move(*this); }
    // with("x-compare", "key", "sku"); with("x-compare", "", "set")
    FakeShape with(const std::string& keyword, const std::string& member, std::string text) && {
        return extensions_[keyword + "/" + member] = std::move(text), std::move(*this);
    }

    bool allows(ValueKind) const override { return true; }
    bool integer() const override { return false; }
    const Shape* property(std::string_view name) const override {
        auto found = properties_.find(name);
        return found == properties_.end() ? nullptr : &found->second;
    }
    std::vector<std::string_view> property_names() const override {
        std::vector<std::string_view> names;
        for (const auto& [name, shape] : properties_) names.push_back(name);
        return names;
    }
    bool required(std::string_view) const override { return false; }
    const Shape* items() const override { return items_.get(); }
    std::vector<std::string_view> enumeration() const override { return {words_.begin(), words_.end()}; }
    std::string_view format() const override { return format_; }
    std::string_view extension(std::string_view keyword, std::string_view member) const override {
        auto found = extensions_.find(std::string(keyword).append("/").append(member));
        return found == extensions_.end() ? std::string_view() : std::string_view(found->second);
    }
    SourceMark mark() const override { return {}; }

  private:
    std::map<std::string, FakeShape, std::less<>> properties_;
    std::shared_ptr<FakeShape> items_;
    std::string format_;
    std::vector<std::string> words_;
    std::map<std::string, std::string> extensions_;
};

// Everything is valid.
class FakeSchema final : public Schema {
  public:
    explicit FakeSchema(FakeShape shape) : shape_(std::move(shape)) {}
    bool validate(const Value&, std::vector<SchemaIssue>*, std::size_t) const override { return true; }
    const Shape& shape() const override { return shape_; }

  private:
    FakeShape shape_;
};

// The shape of pricing.v1/getPrices' answer, as far as comparing needs it.
inline FakeShape prices_shape() {
    auto price = FakeShape::object({{"validFrom", FakeShape::date_time()}, {"validTo", FakeShape::date_time()}});
    return FakeShape::object(
        {{"pricedAt", FakeShape::date_time().with("x-compare", "ignore", "the moment of answering")},
         {"prices", FakeShape::array(price).with("x-compare", "key", "sku")},
         {"unknownSkus", FakeShape::array(FakeShape::any()).with("x-compare", "", "set")}});
}

}  // namespace headgate
