#include "gateway/pipeline/mock_document.hpp"

#include <optional>

#include "contracts/document/equal.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/schema/sample.hpp"

namespace headgate {
namespace {

// `example:` has no name of its own.
std::string name_of(const Example& example) { return example.name.empty() ? "example" : example.name; }

// Whether the message is the request that goes by the name of an example: equal in every part that has one so named.
class Twin {
  public:
    Twin(const Operation& operation, const Value& message, Builder& builder)
        : operation_(operation), message_(message), builder_(builder) {}

    bool is(std::string_view name) {
        bool any = false;
        for (const Parameter& parameter : operation_.parameters)
            for (const Example& example : parameter.examples) {
                if (example.name != name) continue;
                const Value* value = message_.find(parameter.name);
                if (!value || !equal(*value, to_value(*example.value, builder_))) return false;
                any = true;
            }
        bool told = false, same = false;
        for (const Content& content : operation_.bodies)
            for (const Example& example : content.examples) {
                if (example.name != name) continue;
                told = true;
                same = same || is_body(to_value(*example.value, builder_));
            }
        return told ? same : any;
    }

  private:
    // The members that are no parameters.
    bool is_body(const Value& body) const {
        std::uint32_t members = 0;
        for (const Member& member : message_.members()) {
            if (operation_.parameter(member.key)) continue;
            const Value* expected = body.find(member.key);
            if (!expected || !equal(*expected, member.value)) return false;
            ++members;
        }
        return members == body.size();
    }

    const Operation& operation_;
    const Value& message_;
    Builder& builder_;
};

// How documents of a content are told with a status, which a problem repeats (RFC 9457, section 3.1.2).
class Telling {
  public:
    Telling(const Content& content, int status, Builder& builder)
        : schema_(*content.schema),
          builder_(builder),
          status_{"status", Value::number(builder.arena().copy(std::to_string(status)))} {
        const Shape* said = schema_.shape().property(status_.key);
        named_ = said != nullptr;
        repeated_ =
            is_media_type(content.media_type, "application/problem+json") && (!said || said->allows(ValueKind::number));
    }

    // The member that a document is to have; nullptr: none.
    const Member* repeated() const { return repeated_ ? &status_ : nullptr; }
    // The document with that member. Nothing when its schema does not allow that: without it the document would say
    // another status, or none though the schema names one.
    std::optional<Value> tell(const Value& document) const {
        if (!repeated_ || !document.is_object()) return document;
        Value told = with_member(document, status_, builder_);
        if (schema_.validate(told)) return told;
        if (named_ || document.find(status_.key)) return std::nullopt;
        return document;
    }
    std::string refusal() const {
        return "its schema does not allow the `status` " + std::string(status_.value.text());
    }

  private:
    const Schema& schema_;
    Builder& builder_;
    Member status_;
    bool named_, repeated_;
};

Result<MockDocument> preferred_example(const Content& content, const std::string& name, const Telling& telling,
                                       Builder& builder) {
    std::vector<std::string> known;
    for (const Example& example : content.examples) {
        known.push_back(name_of(example));
        if (known.back() != name) continue;
        if (auto told = telling.tell(to_value(*example.value, builder))) return MockDocument{*told, name};
        return unknown_preference("this example can't be a problem of this status: " + telling.refusal());
    }
    return unknown_preference("the response has no example of this name; it has " +
                              (known.empty() ? "none" : listed(known)));
}

// Nothing: none is written, or none can be told.
std::optional<MockDocument> fitting_example(const Operation& operation, const Value& request, const Content& content,
                                            const Telling& telling, Builder& builder) {
    Twin twin(operation, request, builder);
    std::optional<MockDocument> best;
    int best_rank = -1;
    for (const Example& example : content.examples) {
        Value written = to_value(*example.value, builder);
        auto told = telling.tell(written);
        if (!told) continue;
        int rank = (equal(*told, written) ? 2 : 0) + (!example.name.empty() && twin.is(example.name) ? 1 : 0);
        if (rank <= best_rank) continue;
        best_rank = rank;
        best = MockDocument{*told, name_of(example)};
    }
    return best;
}

}  // namespace

Error unknown_preference(std::string message) {
    return {ErrorKind::invalid_message, std::move(message), {}, {}, "/Prefer"};
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

Error no_example(const Operation& operation, int status, const std::string& where, const std::string& why) {
    const std::string& file = operation.mark.file;
    Error error{ErrorKind::internal, operation.name + " has no example to answer " + std::to_string(status) +
                                         " with, and " + why + "; add one to the response " + std::to_string(status) +
                                         where + " (" + file.substr(file.rfind('/') + 1) + ":" +
                                         std::to_string(operation.mark.line) + ")"};
    error.code = "no-example";
    return error;
}

Result<MockDocument> mock_document(const Operation& operation, const Value& request, const Content& content, int status,
                                   const Preference& preference, Builder& builder) {
    Telling telling(content, status, builder);
    if (preference.example) return preferred_example(content, *preference.example, telling, builder);
    if (auto example = fitting_example(operation, request, content, telling, builder)) return *std::move(example);
    auto made = schema::sample(*content.schema, builder.arena(), telling.repeated());
    auto told = made ? telling.tell(*made) : std::nullopt;
    if (!told)
        return no_example(operation, status, ", " + content.media_type,
                          made ? telling.refusal() : made.error().message);
    return MockDocument{*told, "generated"};
}

}  // namespace headgate
