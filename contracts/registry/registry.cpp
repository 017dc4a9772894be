#include "contracts/registry/registry.hpp"

#include <algorithm>

#include "contracts/registry/check_operation.hpp"
#include "contracts/registry/openapi.hpp"
#include "contracts/registry/percent.hpp"
#include "contracts/registry/route_tree.hpp"
#include "contracts/registry/source_files.hpp"

namespace headgate {

namespace {

class LoadedRegistry final : public Registry {
  public:
    Result<OperationMatch> match(std::string_view method, std::string_view path) const override {
        auto found = routes_.match(method, path);
        if (!found && found.error().kind == ErrorKind::unknown_operation) name_versions(path, found.error());
        return found;
    }

    const Operation* find(std::string_view operation_name) const override {
        auto found = by_name_.find(operation_name);
        return found == by_name_.end() ? nullptr : found->second;
    }

    const std::vector<std::unique_ptr<Operation>>& operations() const override { return operations_; }
    const std::vector<std::unique_ptr<Contract>>& contracts() const override { return contracts_; }
    const Contract* find_contract(std::string_view contract) const override {
        for (const auto& known : contracts_)
            if (known->name == contract) return known.get();
        return nullptr;
    }
    const std::vector<std::shared_ptr<const SourceFile>>& files() const override { return files_; }

    const Schema* find_schema(std::string_view contract, std::string_view component) const override {
        auto schemas = schemas_.find(contract);
        if (schemas == schemas_.end()) return nullptr;
        auto found = schemas->second.find(component);
        return found == schemas->second.end() ? nullptr : found->second.get();
    }

    void add(ContractDocument document, Diagnostics& diagnostics) {
        if (!document.contract) return;
        Contract& contract = *contracts_.emplace_back(std::move(document.contract));
        versions_[contract.capability()].push_back(contract.major_version());
        schemas_[contract.name] = std::move(document.schemas);
        for (auto& operation : document.operations) {
            if (const Operation* other = routes_.add(*operation))
                diagnostics.error(operation->mark,
                                  operation->method + " " + operation->path + " is " + other->name + " already");
            by_name_[operation->name] = operation.get();
            operation->of = &contract;
            contract.operations.push_back(operation.get());
            operations_.push_back(std::move(operation));
        }
    }
    // After the schemas have been compiled.
    void check(const schema::Compiler& compiler, Diagnostics& diagnostics) {
        for (const auto& operation : operations_) check_operation(*operation, compiler, diagnostics);
    }
    void keep(std::vector<std::shared_ptr<const SourceFile>> files) { files_ = std::move(files); }

  private:
    // /inventory/v9/...: the caller learns which versions there are.
    void name_versions(std::string_view path, Error& error) const {
        std::string plain = decode_unreserved(path);
        auto segments = RouteTree::split(plain);
        if (segments.size() < 2) return;
        auto known = versions_.find(segments[0]);
        if (known == versions_.end()) return;
        if (std::find(known->second.begin(), known->second.end(), segments[1]) != known->second.end()) return;
        error.message = "there is no such version of " + known->first + "; there is ";
        for (std::size_t i = 0; i < known->second.size(); ++i) error.message += (i > 0 ? ", " : "") + known->second[i];
    }

    RouteTree routes_;
    std::vector<std::shared_ptr<const SourceFile>> files_;
    std::vector<std::unique_ptr<Contract>> contracts_;
    std::vector<std::unique_ptr<Operation>> operations_;
    std::map<std::string, const Operation*, std::less<>> by_name_;
    std::map<std::string, std::vector<std::string>, std::less<>> versions_;
    std::map<std::string, std::map<std::string, std::shared_ptr<const Schema>, std::less<>>, std::less<>> schemas_;
};

}  // namespace

std::shared_ptr<const Registry> load_contracts(const std::vector<std::string>& folders, Diagnostics& diagnostics) {
    auto registry = std::make_shared<LoadedRegistry>();
    // The faults of schemas are kept apart: those of the documents around them don't stop the compiler.
    Diagnostics in_files, in_schemas, in_documents;
    SourceFiles files(in_files);
    for (const auto& folder : folders) files.add_folder(folder);
    if (in_files.has_errors()) {
        // A file that can't be read makes every reference to it a fault that is none.
        diagnostics.add(in_files);
        return registry;
    }
    schema::Compiler compiler({}, in_schemas, [&](const std::string& uri) { return files.fetch(uri); });
    std::vector<schema::ResourceId> resources;
    for (const auto& file : files.all()) resources.push_back(compiler.add(file.uri, file.source, file.source->root()));
    OpenApiReader reader(compiler, in_documents);
    // References bring more files while others are read.
    for (std::size_t i = 0; i < files.all().size(); ++i) {
        const SourceFiles::File file = files.all()[i];
        if (file.fetched) {
            // Of a contract elsewhere, or a plain schema, only what is referred to counts.
            if (!file.source->root().find("openapi") || file.source->root().find("paths")) continue;
            std::string why;
            resources.resize(i + 1);
            resources[i] = compiler.resolve(file.uri, resources.front(), why).resource;
        }
        ContractDocument document = reader.read(*file.source, resources[i]);
        if (document.contract)
            if (const Contract* other = registry->find_contract(document.contract->name))
                in_documents.error({file.source->path, 1, 1}, other->name + " is there twice",
                                   "in " + other->file->path);
        if (document.contract) document.contract->file = file.source;
        registry->add(std::move(document), in_documents);
    }
    reader.check_names(*registry);
    compiler.finish();
    reader.check_values();
    registry->check(compiler, in_documents);
    std::vector<std::shared_ptr<const SourceFile>> sources;
    for (const auto& file : files.all()) sources.push_back(file.source);
    registry->keep(std::move(sources));
    bool sound = !in_files.has_errors() && !in_schemas.has_errors() && !in_documents.has_errors();
    for (const auto* faults : {&in_files, &in_schemas, &in_documents}) diagnostics.add(*faults);
    if (sound && registry->operations().empty() && !folders.empty())
        diagnostics.error({folders.front(), 0, 0}, "there is no contract in the contracts' folders");
    return registry;
}

}  // namespace headgate
