// Loads one contract that is written in a test.
#pragma once

#include <fstream>
#include <memory>
#include <string>

#include "contracts/registry/registry.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate::test {

// The contract test.v1 with one operation, `POST /test/v1/things` (postThing): `parameters` are lines of YAML at the
// operation's level, `body` is the schema of its body in YAML's flow style, `components` those of components.schemas.
class TestContract {
  public:
    explicit TestContract(const std::string& body, const std::string& parameters = {},
                          const std::string& components = "{}") {
        std::ofstream(folder_.file("test.v1.yaml"))
            << "openapi: 3.1.0\ninfo: { title: T, version: 1.0.0, x-contract: test.v1 }\nsecurity: []\n"
            << "paths:\n  /test/v1/things:\n    post:\n      operationId: postThing\n"
            << parameters << "      requestBody: { content: { application/json: { schema: " << body << " } } }\n"
            << "      responses: { \"200\": { description: fine } }\n"
            << "components: { schemas: " << components << " }\n";
        registry_ = load_contracts({folder_.path()}, diagnostics_);
    }

    std::string faults() const { return diagnostics_.text(); }
    const Operation& operation() const { return *registry_->find("test.v1/postThing"); }

  private:
    TempFolder folder_;
    Diagnostics diagnostics_;
    std::shared_ptr<const Registry> registry_;
};

}  // namespace headgate::test
