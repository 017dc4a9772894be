#include "contracts/usage/reliance.hpp"

#include "contracts/document/fields.hpp"
#include "contracts/schema/compiler.hpp"

namespace headgate {
namespace {

// Reads one file. A partial schema may refer to others of its file; a contract's schema is not its business.
class Reader {
  public:
    Reader(std::shared_ptr<const SourceFile> file, const Registry& registry, Diagnostics& diagnostics)
        : file_(std::move(file)), registry_(registry), diagnostics_(diagnostics) {}

    CallerContract read(std::string_view caller) {
        CallerContract contract{std::string(caller)};
        Fields fields(*file_, file_->root(), "caller contract", diagnostics_);
        std::string name = fields.required_text("caller");
        if (!name.empty() && name != caller)
            fields.fault("caller",
                         "is '" + name + "', but the configuration names this file for '" + contract.caller + "'");
        const SourceNode* list = fields.node("relies-on");
        fields.node("$defs");  // schemas that those below may share
        fields.finish();
        if (!list || !list->is_sequence()) {
            diagnostics_.error(file_->mark(list ? *list : file_->root()),
                               "caller contract: 'relies-on' must be a list");
            return contract;
        }
        Diagnostics of_schemas;
        schema::Compiler compiler({}, of_schemas);
        resource_ = compiler.add(file_->path, file_, file_->root());
        for (const SourceNode& item : list->items) read_one(item, compiler, contract);
        compiler.finish();
        diagnostics_.add(of_schemas);
        if (of_schemas.has_errors()) return contract;
        for (std::size_t i = 0; i < contract.relies_on.size(); ++i)
            check_reliance(contract.relies_on[i], *file_, *schemas_[i], diagnostics_);
        return contract;
    }

  private:
    void read_one(const SourceNode& item, schema::Compiler& compiler, CallerContract& contract) {
        Fields fields(*file_, item, "relies-on", diagnostics_);
        std::string name = fields.required_text("operation");
        Reliance reliance;
        reliance.operation = operation(name, fields);
        reliance.status = static_cast<int>(
            fields.integer("status", reliance.operation ? reliance.operation->success_status : 200, 100, 599));
        const SourceNode* response = fields.node("response");
        fields.finish();
        if (!response)
            return diagnostics_.error(file_->mark(item), "relies-on: 'response' is missing", "a JSON Schema");
        if (!reliance.operation) return;
        if (!reliance.operation->response_schema(reliance.status))
            return fields.fault("status",
                                "is " + std::to_string(reliance.status) + ", with which " + name + " answers no body");
        for (const Reliance& other : contract.relies_on)
            if (other.operation == reliance.operation && other.status == reliance.status)
                return fields.fault("operation", "is there twice with this status");
        reliance.response = compiler.compile(*response, resource_);
        schemas_.push_back(response);
        contract.relies_on.push_back(std::move(reliance));
    }

    const Operation* operation(const std::string& name, Fields& fields) {
        const Operation* found = registry_.find(name);
        if (found || name.empty()) return found;
        std::vector<std::string_view> names;
        for (const auto& known : registry_.operations()) names.push_back(known->name);
        std::string near = nearest(name, names);
        fields.fault("operation", "names '" + name + "', which no contract has",
                     near.empty() ? "" : "did you mean '" + near + "'?");
        return nullptr;
    }

    std::shared_ptr<const SourceFile> file_;
    const Registry& registry_;
    Diagnostics& diagnostics_;
    schema::ResourceId resource_ = 0;
    std::vector<const SourceNode*> schemas_;  // beside relies_on
};

}  // namespace

CallerContract load_caller_contract(const std::string& path, std::string_view caller, const Registry& registry,
                                    Diagnostics& diagnostics) {
    auto file = read_source(path, diagnostics);
    if (!file) return {std::string(caller)};
    if (file->documents.size() != 1) {
        diagnostics.error({path, 0, 0}, "a caller contract is one YAML document");
        return {std::string(caller)};
    }
    return Reader(file, registry, diagnostics).read(caller);
}

}  // namespace headgate
