// What a document says about itself: info, servers, tags and further documentation.
#include <filesystem>

#include "contracts/registry/openapi.hpp"
#include "contracts/registry/percent.hpp"
#include "contracts/schema/formats.hpp"

namespace headgate {
namespace {

bool is_contract_name(std::string_view name) {
    auto dot = name.find(".v");
    if (dot == std::string_view::npos || dot == 0 || dot + 2 >= name.size() || name[dot + 2] == '0') return false;
    for (char c : name.substr(0, dot))
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    for (char c : name.substr(dot + 2))
        if (c < '0' || c > '9') return false;
    return true;
}

// "/inventory/v2": segments of plain text.
bool is_plain_path(std::string_view path) {
    if (!path.starts_with('/')) return false;
    for (char c : path)
        if (std::string_view("?#%{}\\").find(c) != std::string_view::npos) return false;
    return path.find("//") == std::string_view::npos && path.find("/.") == std::string_view::npos;
}

}  // namespace

void OpenApiReader::read_info(const At& info, ContractDocument& document) {
    std::string name = text(info, "x-contract", "info of a contract", true);
    if (name.empty()) return;
    At at = here(info, "x-contract");
    if (!is_contract_name(name)) return fault(at, "'" + name + "' is no name of a contract", "name.v1");
    std::string stem = std::filesystem::path(compiler_.file_of(info.resource).path).stem().string();
    if (stem != name) fault(at, "the file of " + name + " must be named " + name + ".yaml, not " + stem);
    std::string version = text(info, "version", "info");
    std::string major = name.substr(name.rfind('.') + 2);
    if (!version.empty() && version != major && !version.starts_with(major + "."))
        fault(here(info, "version"), "the version of " + name + " must begin with " + major + ", not " + version);
    document.contract = std::make_unique<Contract>();
    document.contract->name = name;
    document.contract->version = std::move(version);
    document.contract->title = text(info, "title", "info");
    document.contract->summary = text(info, "summary", "info");
    document.contract->description = text(info, "description", "info");
    document.contract->lifecycle = read_lifecycle(info, name);
}

void OpenApiReader::read_about(const At& info) {
    text(info, "title", "info", true);
    text(info, "version", "info", true);
    text(info, "summary", "info");
    text(info, "description", "info");
    auto address = [&](const At& at, const char* key, const char* what, schema::Format format, const char* kind) {
        std::string value = text(at, key, what);
        if (!value.empty() && !schema::conforms(format, value))
            fault(here(at, key), "'" + std::string(key) + "' must be " + kind);
    };
    address(info, "termsOfService", "info", schema::Format::uri_reference, "a URL");
    if (const SourceNode* node = info.node->find("contact")) {
        At contact{node, info.resource};
        if (keys(contact, "contact", {"name", "url", "email"})) {
            text(contact, "name", "contact");
            address(contact, "url", "contact", schema::Format::uri_reference, "a URL");
            address(contact, "email", "contact", schema::Format::email, "an e-mail address");
        }
    }
    if (const SourceNode* node = info.node->find("license")) {
        At license{node, info.resource};
        if (!keys(license, "license", {"name", "identifier", "url"})) return;
        text(license, "name", "license", true);
        text(license, "identifier", "license");
        address(license, "url", "license", schema::Format::uri_reference, "a URL");
        if (node->find("identifier") && node->find("url"))
            fault(here(license, "url"), "'identifier' and 'url' of a license exclude each other", "keep one of them");
    }
}

// One server whose URL is a path of this host stands before each path; where Headgate listens is not a contract's to
// say.
void OpenApiReader::read_servers(const At& root) {
    const SourceNode* servers = root.node->find("servers");
    if (!servers) return;
    At list{servers, root.resource};
    if (!servers->is_sequence()) return fault(list, "servers must be a list");
    if (servers->items.size() > 1)
        fault({&servers->items[1], root.resource}, "more than one server is not supported",
              "a single one whose url is a path");
    if (servers->items.empty()) return;
    At server{&servers->items.front(), root.resource};
    if (!keys(server, "a server", {"url", "description"}, {"variables"})) return;
    text(server, "description", "a server");
    std::string url = text(server, "url", "a server", true);
    if (url.empty()) return;
    if (!is_plain_path(url))
        return fault(here(server, "url"), "the server '" + url.substr(0, 100) + "' is not supported",
                     "a path of this host, for example /shop/v1");
    if (std::string character = unfit_for_path(url); !character.empty())
        return fault(here(server, "url"), "the server holds " + character + ", which no path does unencoded",
                     fit_for_path);
    while (url.ends_with('/')) url.pop_back();
    document_.server_path = std::move(url);
}

void OpenApiReader::read_tags(const At& root) {
    const SourceNode* tags = root.node->find("tags");
    if (!tags) return;
    if (!tags->is_sequence()) return fault({tags, root.resource}, "tags must be a list");
    for (const auto& item : tags->items) {
        At tag{&item, root.resource};
        if (!keys(tag, "a tag", {"name", "description", "externalDocs"})) continue;
        std::string name = text(tag, "name", "a tag", true);
        text(tag, "description", "a tag");
        read_external_docs(tag);
        if (!name.empty() && !document_.tags.insert(name).second)
            fault(here(tag, "name"), "the tag '" + name + "' is there twice");
    }
}

void OpenApiReader::read_external_docs(const At& holder) {
    const SourceNode* node = holder.node->find("externalDocs");
    if (!node) return;
    At docs{node, holder.resource};
    if (!keys(docs, "externalDocs", {"url", "description"})) return;
    text(docs, "description", "externalDocs");
    std::string url = text(docs, "url", "externalDocs", true);
    if (!url.empty() && !schema::conforms(schema::Format::uri_reference, url))
        fault(here(docs, "url"), "'url' must be a URL");
}

}  // namespace headgate
