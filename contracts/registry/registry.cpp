#include "contracts/registry/registry.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "contracts/registry/openapi.hpp"
#include "contracts/registry/route_tree.hpp"

namespace headgate {

namespace {

namespace fs = std::filesystem;

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
    void keep(std::vector<std::shared_ptr<const SourceFile>> files) { files_ = std::move(files); }

  private:
    // /inventory/v9/...: the caller learns which versions there are.
    void name_versions(std::string_view path, Error& error) const {
        auto segments = RouteTree::split(path);
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

// A file's name as a URI: what would end a path is escaped.
std::string uri_of(const fs::path& path) {
    std::string out;
    for (char c : path.lexically_normal().generic_string())
        if (c == '#' || c == '?' || c == '%' || c == ':') {
            constexpr char digits[] = "0123456789ABCDEF";
            out += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]};
        } else {
            out += c;
        }
    return out;
}

std::vector<fs::path> files_in(const std::string& folder, Diagnostics& diagnostics) {
    std::vector<fs::path> files;
    std::error_code failure;
    fs::directory_iterator entries(folder, failure);
    for (fs::directory_iterator end; !failure && entries != end; entries.increment(failure)) {
        auto extension = entries->path().extension();
        if (extension == ".yaml" || extension == ".yml" || extension == ".json") files.push_back(entries->path());
    }
    if (failure) diagnostics.error({folder, 0, 0}, "the folder can't be read: " + failure.message());
    std::sort(files.begin(), files.end());
    return files;
}

bool is_scalar(const Shape& shape) { return !shape.allows(ValueKind::object) && !shape.allows(ValueKind::array); }

// What can be said only once every reference has been followed.
void check_message(const Operation& operation, Diagnostics& diagnostics) {
    for (const auto& parameter : operation.parameters) {
        const Shape& shape = parameter.schema->shape();
        bool list = shape.allows(ValueKind::array) && !shape.allows(ValueKind::object) && shape.items() &&
                    is_scalar(*shape.items());
        if (!is_scalar(shape) && !list)
            diagnostics.error(shape.mark(),
                              "the parameter '" + parameter.name + "' of " + operation.name +
                                  " must be a scalar or an array of scalars",
                              "say its type");
        if (operation.body && operation.body->shape().property(parameter.name))
            diagnostics.error(operation.mark,
                              "'" + parameter.name + "' is a parameter and a member of the body of " + operation.name,
                              "a request message is one object");
    }
    if (!operation.body) return;
    const Shape& body = operation.body->shape();
    for (auto kind : {ValueKind::null, ValueKind::boolean, ValueKind::number, ValueKind::string, ValueKind::array})
        if (body.allows(kind))
            return diagnostics.error(body.mark(), "the body of " + operation.name + " must be an object",
                                     "say type: object");
}

}  // namespace

std::shared_ptr<const Registry> load_contracts(const std::vector<std::string>& folders, Diagnostics& diagnostics) {
    std::vector<std::shared_ptr<const SourceFile>> files;
    std::map<std::string, std::shared_ptr<const SourceFile>> by_uri;
    bool readable = true;
    for (const auto& folder : folders)
        for (const auto& path : files_in(folder, diagnostics)) {
            auto file = read_source(path.generic_string(), diagnostics);
            readable = readable && file;
            if (!file || !by_uri.emplace(uri_of(path), file).second) continue;
            if (file->documents.size() > 1)
                diagnostics.error(file->mark(file->documents[1]), "a second document in one file");
            files.push_back(std::move(file));
        }
    auto registry = std::make_shared<LoadedRegistry>();
    if (!readable) return registry;

    schema::Compiler compiler({}, diagnostics);
    std::vector<schema::ResourceId> resources;
    for (const auto& file : files) resources.push_back(compiler.add(uri_of(file->path), file, file->root()));
    OpenApiReader reader(compiler, diagnostics);
    for (std::size_t i = 0; i < files.size(); ++i) {
        ContractDocument document = reader.read(*files[i], resources[i]);
        if (document.contract && registry->find_contract(document.contract->name))
            diagnostics.error({files[i]->path, 1, 1}, document.contract->name + " is there twice");
        if (document.contract) document.contract->file = files[i];
        registry->add(std::move(document), diagnostics);
    }
    registry->keep(files);
    compiler.finish();
    if (diagnostics.has_errors()) return registry;
    reader.check_examples();
    for (const auto& operation : registry->operations()) check_message(*operation, diagnostics);
    if (registry->operations().empty() && !folders.empty())
        diagnostics.error({folders.front(), 0, 0}, "there is no contract in the contracts' folders");
    return registry;
}

}  // namespace headgate
