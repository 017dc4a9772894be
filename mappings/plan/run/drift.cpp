// What an answer holds beyond what its mapping knows: found by a second walk, which answers that fit never need.
#include "mappings/formats/drift.hpp"

#include "mappings/plan/run/run.hpp"

namespace headgate::mappings {

namespace {

// Of the lists around, without their places.
void add_lists(const Frame& frame, std::string& path) {
    if (frame.parent) add_lists(*frame.parent, path);
    if (frame.list && frame.list->items == Outlet::Items::slot) path += frame.list->legacy + "/";
}

std::string name_in(const Frame& frame, std::string_view legacy) {
    std::string path;
    add_lists(frame, path);
    if (legacy.starts_with("column ")) legacy.remove_prefix(7);
    return path.append(legacy);
}

std::string place_in(const Frame& frame, std::string_view legacy) {
    std::string pointer, place;
    places(frame, pointer, place);
    return place.append(legacy);
}

// An unknown element is told at its top, whatever is in it.
class Unknown {
  public:
    Unknown(const Frame& frame, DriftLog& drift)
        : frame_(frame), drift_(drift), rows_(frame.list && frame.list->items != Outlet::Items::slot) {}

    void visit(const Value& value, const Intake& node, const std::string& path) {
        if (value.is_array())
            for (const Value& one : value) visit(one, node, path);
        if (!value.is_object()) return;
        std::size_t hint = 0;
        for (const Member& member : value.members()) {
            const Intake* child = node.find(member.key, hint);
            if (child && child->closed)
                visit(member.value, *child, path + child->name + "/");
            else if (!child && node.closed && member.key != "#text")
                tell(path + std::string(member.key));
        }
    }

  private:
    void tell(const std::string& path) {
        std::string_view kind = rows_ ? "column" : "element";
        auto name = name_in(frame_, path);
        if (!drift_.again(kind, name)) drift_.add(kind, name, place_in(frame_, (rows_ ? "column " : "") + path));
    }

    const Frame& frame_;
    DriftLog& drift_;
    const bool rows_;
};

}  // namespace

void Run::tell_unknown(const Frame& frame) { Unknown(frame, *drift_).visit(frame.source, frame.scope->intake, {}); }

void Run::tell_code(const Frame& frame, const Step& step, std::string_view code) {
    auto place = place_in(frame, step.legacy);
    if (list_index_ >= 0) place += "[" + std::to_string(list_index_ + 1) + "]";
    drift_->add("code", name_in(frame, step.legacy), place, code);
}

bool Run::fail(const Frame& frame, const Misfit& misfit) {
    error_ = describe(transfer_, frame, misfit);
    if (drift_) {
        fault_ = {name_in(frame, misfit.legacy), place_in(frame, misfit.legacy),
                  "expected " + std::string(misfit.expected)};
        if (const auto* mark = misfit.mark; mark && mark->line > 0)
            fault_.expected += " (" + mark->file + ":" + std::to_string(mark->line) + ")";
    }
    return false;
}

void Run::tell_bad_item() {
    if (drift_) drift_->add("item", fault_.name, fault_.place, fault_.expected);
}

}  // namespace headgate::mappings
