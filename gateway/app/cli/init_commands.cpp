#include "gateway/app/cli/init_commands.hpp"

#include <iostream>

#include "gateway/app/cli/client.hpp"
#include "gateway/app/cli/contract_folders.hpp"
#include "mappings/draft/contract_draft.hpp"
#include "mappings/draft/draft_header.hpp"

namespace headgate::cli {

namespace {

int contract_of_file(const ContractInitOptions& options) {
    Diagnostics diagnostics;
    if (options.operations.size() > 1)
        diagnostics.error({options.legacy, 0, 0}, "what is no WSDL has one operation", "--operation NAME, once");
    std::optional<std::string> draft;
    if (!diagnostics.has_errors())
        draft = mappings::draft_contract(
            {options.legacy, options.name, options.operations.empty() ? "" : options.operations[0]}, diagnostics);
    std::cerr << diagnostics.text();
    if (!draft) return Exit::usage;
    std::cout << *draft;
    return Exit::ok;
}

int contract_of_wsdl(const ContractInitOptions& options) {
    Diagnostics diagnostics;
    auto wsdl = load_wsdl(options.legacy, diagnostics);
    std::vector<const SoapOperation*> operations;
    for (const auto& wanted : options.operations) {
        const auto* operation = wsdl ? wsdl->find(wanted) : nullptr;
        if (operation) operations.push_back(operation);
        if (operation || !wsdl) continue;
        auto near = nearest(wanted, wsdl->operation_names());
        diagnostics.error({options.legacy, 0, 0}, "no usable operation '" + wanted + "'",
                          near.empty() ? "" : "did you mean '" + near + "'?");
    }
    if (wsdl && options.operations.empty())
        for (auto name : wsdl->operation_names())
            operations.push_back(wsdl->find(name));  // of one version, where there are two
    std::erase_if(operations, [&](const SoapOperation* operation) {
        bool objects = operation->request.type == LegacyType::group && operation->response.type == LegacyType::group;
        if (!objects)
            diagnostics.error(operation->mark, "a message of '" + operation->name + "' is a single value",
                              "a contract's messages are objects");
        return !objects;
    });
    std::cerr << diagnostics.text();
    if (operations.empty() || operations.size() < options.operations.size()) {
        if (wsdl && wsdl->operations.empty()) std::cerr << options.legacy << ": no operation of it can be used\n";
        return Exit::usage;
    }
    std::cout << mappings::draft_contract(
        *wsdl, operations, options.name.empty() ? mappings::contract_name_of(wsdl->service) : options.name);
    // What was left out was told; who names operations is not told of others by the exit code.
    return options.operations.empty() && diagnostics.has_errors() ? Exit::findings : Exit::ok;
}

}  // namespace

int contract_init(const ContractInitOptions& options) {
    return mappings::is_wsdl(options.legacy) ? contract_of_wsdl(options) : contract_of_file(options);
}

int mapping_init(const MappingInitOptions& options) {
    Diagnostics diagnostics;
    std::shared_ptr<const Registry> contracts;
    if (auto folders = contract_folders(options.contracts, diagnostics); !folders.empty())
        contracts = load_contracts(folders, diagnostics);
    std::optional<mappings::MappingDraft> draft;
    if (contracts && !diagnostics.has_errors()) draft = mappings::draft_mapping(options.draft, *contracts, diagnostics);
    std::cerr << diagnostics.text();
    if (!draft) return Exit::usage;
    std::cout << draft->yaml;
    std::cerr << options.draft.contract << ": " << draft->rules << " rules, " << draft->unsure << " unsure, "
              << draft->unfit << " that do not fit, " << draft->gaps << " gaps\n";
    return Exit::ok;
}

}  // namespace headgate::cli
