// The explicit table of adapters: a new protocol is one folder and one line here.
#include <array>

#include "adapters/files/files_system.hpp"
#include "adapters/http/http_system.hpp"
#include "adapters/odbc/odbc_system.hpp"
#include "adapters/soap/soap_system.hpp"
#include "adapters/system.hpp"

namespace headgate {
namespace {

struct Adapter {
    std::string_view name;
    std::unique_ptr<SystemHost> (*open)(const SystemSpec&, Diagnostics&);
};

constexpr std::array adapters{
    Adapter{"soap", open_soap_system},    // SOAP 1.1 over HTTP, by a mapping
    Adapter{"odbc", open_odbc_system},    // a database behind unixODBC, by a mapping
    Adapter{"files", open_files_system},  // files dropped into a folder, by a mapping
    Adapter{"http", open_http_system},    // a service that speaks the contract itself, or JSON of its own by a mapping
};

}  // namespace

std::unique_ptr<SystemHost> open_system(const SystemSpec& spec, Diagnostics& diagnostics) {
    std::vector<std::string_view> names;
    for (const Adapter& adapter : adapters) {
        if (adapter.name == spec.adapter) return adapter.open(spec, diagnostics);
        names.push_back(adapter.name);
    }
    const SourceNode* place = spec.settings ? spec.settings->find("adapter") : nullptr;
    if (!place) place = spec.settings;
    SourceMark mark = spec.file && place ? spec.file->mark(*place) : SourceMark{};
    std::string near = nearest(spec.adapter, names);
    diagnostics.error(mark, "system '" + spec.name + "' has the unknown adapter '" + spec.adapter + "'",
                      near.empty() ? "there are: soap, odbc, files, http" : "did you mean '" + near + "'?");
    return nullptr;
}

}  // namespace headgate
