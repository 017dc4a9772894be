#include <algorithm>

#include "tests/unit/contracts/catalog_rules.hpp"

namespace headgate::test {
namespace {

class Judge {
  public:
    Judge(const Operation& operation, Diagnostics& faults) : operation_(operation), faults_(faults) {}

    void run() {
        examples();
        if (!operation_.safe) key();
        const Schema* answer = operation_.response_schema(operation_.success_status);
        if (answer) pages(answer->shape());
        problems();
    }

  private:
    void examples() {
        if (operation_.body && operation_.body_examples.empty()) fault("no example of its body");
        for (const auto& parameter : operation_.parameters)
            if (parameter.required && parameter.examples.empty()) fault("no example of '" + parameter.name + "'");
        for (const auto& [status, response] : operation_.responses) {
            if (status < 200 || status > 299) continue;
            if (response.contents.empty()) fault("a success without a body");
            for (const auto& content : response.contents)
                if (content.examples.empty()) fault("no example of its " + std::to_string(status));
            for (const auto& header : response.headers)
                if (header.examples.empty()) fault("no example of the header " + header.name);
        }
    }

    void key() {
        const Parameter* key = operation_.parameter("Idempotency-Key");
        if (!key || key->in != ParameterPlace::header || !key->required)
            fault("changes something without an Idempotency-Key");
        for (int status : {409, 422}) declared(status, "a change");
    }

    void pages(const Shape& answer) {
        auto names = answer.property_names();
        auto says = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
        bool list = says("items"), next = says("nextCursor");
        const Parameter *limit = operation_.parameter("limit"), *cursor = operation_.parameter("cursor");
        // Who names what is wanted gets no more than that.
        bool named = std::any_of(operation_.parameters.begin(), operation_.parameters.end(), [](const auto& parameter) {
            return parameter.required && parameter.kind == Parameter::Kind::array;
        });
        bool any = limit || cursor || next, all = limit && cursor && next && list;
        if (any ? !all : list && !named)
            return fault("a list takes limit and cursor, and answers items and nextCursor");
        if (!any) return;
        for (const Parameter* parameter : {limit, cursor})
            if (parameter->in != ParameterPlace::query || parameter->required)
                fault(parameter->name + " is optional, in the query");
        if (answer.required("nextCursor")) fault("the last page has no nextCursor");
        if (!answer.required("items")) fault("each page has items");
        if (answer.property("nextCursor")->extension("x-compare", "ignore").empty())
            fault("cursors differ by who answers: x-compare: { ignore: why }");
    }

    void problems() {
        for (int status : {400, 401, 403, 502, 503, 504}) declared(status, "an operation");
        if (!operation_.default_response) fault("no default response");
        bool in_path = std::any_of(operation_.parameters.begin(), operation_.parameters.end(),
                                   [](const auto& parameter) { return parameter.in == ParameterPlace::path; });
        if (in_path) declared(404, "one that names a thing in its path");
        for (const auto& [status, response] : operation_.responses) {
            if (status < 400) continue;
            for (const auto& content : response.contents) {
                if (content.media_type != "application/problem+json")
                    fault("a problem that is told as " + content.media_type);
                if (content.examples.empty()) fault("no example of its " + std::to_string(status));
                for (const auto& example : content.examples) problem(status, example);
            }
        }
    }

    void problem(int status, const Example& example) {
        const SourceNode *type = example.value->find("type"), *told = example.value->find("status");
        if (!type || !type->text.starts_with("urn:headgate:problem:"))
            fault("'" + example.name + "' has a type of its own kind");
        if (!told || told->text != std::to_string(status))
            fault("'" + example.name + "' says another status than " + std::to_string(status));
    }

    void declared(int status, const std::string& who) {
        if (!operation_.responses.count(status)) fault(who + " answers " + std::to_string(status) + " too");
    }

    void fault(std::string what) { faults_.error(operation_.mark, operation_.name + ": " + std::move(what)); }

    const Operation& operation_;
    Diagnostics& faults_;
};

}  // namespace

Diagnostics faults_of_operations(const Registry& contracts) {
    Diagnostics faults;
    for (const auto& operation : contracts.operations()) Judge(*operation, faults).run();
    return faults;
}

}  // namespace headgate::test
