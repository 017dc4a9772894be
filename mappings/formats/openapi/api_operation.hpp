// ApiOperation: one operation of a JSON API that is not ours, by its own OpenAPI 3.1 document, and its messages as
// mappings see them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"
#include "contracts/registry/contract.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

// The request is an object: parameters under `path`, `query` and `header`, the body's members beside them; so is the
// answer of success, with its declared headers under `header`. A body that is no object, or has a member of such a
// name, stands under `body`. Immutable and thread-safe.
struct ApiOperation {
    Operation operation;         // id, method, path, parameters, bodies, responses; of no contract
    LegacyNode request, answer;  // without children: there is nothing to write, nothing to read
    LegacyNode refusals;         // what bodies of answers say, those of success too: every member may be absent
    bool body_apart = false, answer_apart = false;  // stands under `body`
    std::vector<std::string> files;                 // that were read for it
};

// Of a document on disk and what it refers to beside it. `wanted`: its operationId, or `GET /orders/{id}`. What is no
// part of the operation is not looked at, unknown keys and keywords are let pass. nullptr after diagnostics.
std::shared_ptr<const ApiOperation> load_api_operation(const std::string& path, const std::string& wanted,
                                                       Diagnostics& diagnostics);
// Of a document that a system told: its references to other documents lead nowhere.
std::shared_ptr<const ApiOperation> read_api_operation(std::shared_ptr<const SourceFile> file,
                                                       const std::string& wanted, Diagnostics& diagnostics);

}  // namespace headgate
