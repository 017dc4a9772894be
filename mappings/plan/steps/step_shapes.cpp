#include "mappings/plan/steps/step_shapes.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

class KeptValue final : public Shape {
  public:
    KeptValue(const ChainType& type, std::vector<std::string> words) : type_(type), words_(std::move(words)) {
        // A number of so many digits before the point.
        if (type.numeric() && type.length > type.fraction)
            greatest_.assign(static_cast<std::size_t>(type.length - type.fraction), '9');
        if (!greatest_.empty()) least_ = "-" + greatest_;
    }
    bool allows(ValueKind kind) const override {
        if (type_.numeric()) return kind == ValueKind::number;
        return kind == (type_.kind == ChainType::Kind::boolean ? ValueKind::boolean : ValueKind::string);
    }
    bool integer() const override { return type_.kind == ChainType::Kind::integer; }
    const Shape* property(std::string_view) const override { return nullptr; }
    std::vector<std::string_view> property_names() const override { return {}; }
    bool required(std::string_view) const override { return false; }
    const Shape* items() const override { return nullptr; }
    std::vector<std::string_view> enumeration() const override { return {words_.begin(), words_.end()}; }
    std::string_view format() const override {
        if (type_.raw) return {};
        return type_.kind == ChainType::Kind::date       ? "date"
               : type_.kind == ChainType::Kind::datetime ? "date-time"
                                                         : "";
    }
    std::size_t longest() const override {
        return type_.kind == ChainType::Kind::text ? static_cast<std::size_t>(std::max(type_.length, 0)) : 0;
    }
    std::string_view least() const override { return least_; }
    std::string_view greatest() const override { return greatest_; }
    std::string_view extension(std::string_view, std::string_view) const override { return {}; }
    SourceMark mark() const override { return {}; }

  private:
    ChainType type_;
    std::vector<std::string> words_;
    std::string least_, greatest_;
};

class KeptList final : public Shape {
  public:
    explicit KeptList(std::unique_ptr<const Shape> items) : items_(std::move(items)) {}
    bool allows(ValueKind kind) const override { return kind == ValueKind::array; }
    bool integer() const override { return false; }
    const Shape* property(std::string_view) const override { return nullptr; }
    std::vector<std::string_view> property_names() const override { return {}; }
    bool required(std::string_view) const override { return false; }
    const Shape* items() const override { return items_.get(); }
    std::vector<std::string_view> enumeration() const override { return {}; }
    std::string_view format() const override { return {}; }
    std::string_view extension(std::string_view, std::string_view) const override { return {}; }
    SourceMark mark() const override { return {}; }

  private:
    std::unique_ptr<const Shape> items_;
};

class Met final : public Shape {
  public:
    Met(const Shape& shape, const std::vector<std::string>& steps, std::size_t at)
        : shape_(shape), name_(at < steps.size() ? steps[at] : "") {
        const Shape* next = at < steps.size() ? shape.property(steps[at]) : nullptr;
        if (next) inner_ = std::make_unique<Met>(*next, steps, at + 1);
    }
    bool allows(ValueKind kind) const override { return kind != ValueKind::null && shape_.allows(kind); }
    bool integer() const override { return shape_.integer(); }
    const Shape* property(std::string_view name) const override {
        return inner_ && name == name_ ? inner_.get() : shape_.property(name);
    }
    std::vector<std::string_view> property_names() const override { return shape_.property_names(); }
    bool required(std::string_view name) const override {
        return (!name_.empty() && name == name_) || shape_.required(name);
    }
    bool may_require(std::string_view name) const override { return required(name) || shape_.may_require(name); }
    const Shape* items() const override { return shape_.items(); }
    std::vector<std::string_view> enumeration() const override { return shape_.enumeration(); }
    std::string_view format() const override { return shape_.format(); }
    std::size_t longest() const override { return shape_.longest(); }
    std::string_view least() const override { return shape_.least(); }
    std::string_view greatest() const override { return shape_.greatest(); }
    std::string_view extension(std::string_view keyword, std::string_view member) const override {
        return shape_.extension(keyword, member);
    }
    SourceMark mark() const override { return shape_.mark(); }
    std::string pointer() const override { return shape_.pointer(); }

  private:
    const Shape& shape_;
    std::string name_;  // empty: it is the part itself
    std::unique_ptr<const Met> inner_;
};

}  // namespace

std::unique_ptr<const Shape> value_shape(const ChainType& type, std::vector<std::string> words) {
    return std::make_unique<KeptValue>(type, std::move(words));
}

void KeepShape::add(std::string name, bool required) { members_.push_back({std::move(name), required, nullptr}); }

void KeepShape::set_type(std::string_view name, const ChainType& type, std::vector<std::string> words, bool list) {
    for (auto& member : members_) {
        if (member.name != name) continue;
        member.shape = value_shape(type, std::move(words));
        if (list) member.shape = std::make_unique<KeptList>(std::move(member.shape));
    }
}

const Shape* KeepShape::property(std::string_view name) const {
    for (const auto& member : members_)
        if (member.name == name) return member.shape.get();
    return nullptr;
}

std::vector<std::string_view> KeepShape::property_names() const {
    std::vector<std::string_view> names;
    for (const auto& member : members_) names.push_back(member.name);
    return names;
}

bool KeepShape::required(std::string_view name) const {
    return std::any_of(members_.begin(), members_.end(),
                       [&](const Member& member) { return member.name == name && member.required; });
}

const StepMessage::Step* StepMessage::find(std::string_view name) const {
    for (const auto& step : steps_)
        if (step.name == name) return &step;
    return nullptr;
}

const Shape* StepMessage::property(std::string_view name) const {
    const auto* step = find(name);
    return step ? step->keep : request_->property(name);
}

std::vector<std::string_view> StepMessage::property_names() const {
    auto names = request_->property_names();
    for (const auto& step : steps_) names.push_back(step.name);
    return names;
}

bool StepMessage::required(std::string_view name) const {
    const auto* step = find(name);
    return step ? step->required : request_->required(name);
}

bool StepMessage::may_require(std::string_view name) const {
    const auto* step = find(name);
    return step ? step->required : request_->may_require(name);
}

std::unique_ptr<const Shape> met(const Shape& shape, const std::vector<std::string>& steps, std::size_t from) {
    return std::make_unique<Met>(shape, steps, from);
}

}  // namespace headgate::mappings
