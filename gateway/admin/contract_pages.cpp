// Contracts as documents and as reference pages: made of the binary alone, so that they work where nothing else is
// reached.
#include "base/ascii.hpp"
#include "base/digest.hpp"
#include "base/timestamp.hpp"
#include "contracts/document/source_write.hpp"
#include "contracts/registry/bundle.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/admin/pages/redoc.hpp"

namespace headgate {
namespace {

// Nothing but this origin, whatever a script in the page would like.
constexpr const char* own_origin_alone =
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self' "
    "'unsafe-inline'; "
    "font-src 'self' data:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string escaped(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

// A strong entity tag of the bytes (RFC 9110, section 8.8.3); 304 where the asker has them.
AdminAnswer tagged(const AdminRequest& request, AdminAnswer answer) {
    Digest digest = sha256(answer.body);
    std::string tag = "\"";
    for (std::size_t i = 0; i < 12; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        tag += digits[digest[i] >> 4];
        tag += digits[digest[i] & 15];
    }
    tag += '"';
    bool known = request.if_none_match == "*" || request.if_none_match.find(tag) != std::string::npos;
    answer.headers.push_back({"ETag", tag});
    answer.headers.push_back({"Cache-Control", "no-cache"});
    answer.headers.push_back({"X-Content-Type-Options", "nosniff"});
    if (known) {
        answer.status = 304;
        answer.content_type.clear();
        answer.body.clear();
    }
    return answer;
}

AdminAnswer page(const AdminRequest& request, std::string title, std::string body) {
    std::string html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
                       escaped(title) +
                       "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<link rel=\"icon\" href=\"data:,\">\n"
                       "<link rel=\"stylesheet\" href=\"/contracts/assets/pages.css\">\n</head>\n<body>\n" +
                       body + "</body>\n</html>\n";
    AdminAnswer answer{200, "text/html; charset=utf-8", std::move(html)};
    answer.headers.push_back({"Content-Security-Policy", own_origin_alone});
    answer.headers.push_back({"Referrer-Policy", "no-referrer"});
    return tagged(request, std::move(answer));
}

// `deprecated since 2026-10-01, sunset 2027-06-30, go to inventory.v2`
std::string life(const Snapshot& snapshot, const Lifecycle& lifecycle) {
    auto day = [](WallTime moment) { return rfc3339(moment).substr(0, 10); };
    std::string out(headgate::name(lifecycle.state));
    if (lifecycle.deprecated) out += " since " + day(*lifecycle.deprecated);
    if (lifecycle.sunset) out += ", sunset " + day(*lifecycle.sunset);
    if (!lifecycle.successor.empty()) {
        std::string to = escaped(lifecycle.successor);
        bool here = snapshot.contracts->find_contract(lifecycle.successor) != nullptr;
        out += ", go to " + (here ? "<a href=\"/contracts/" + to + "\">" + to + "</a>" : to);
    }
    bool deprecated = lifecycle.state == Lifecycle::State::deprecated;
    return deprecated ? "<span class=\"deprecated\">" + out + "</span>" : out;
}

std::string documents(const std::string& name) {
    return "<a href=\"/contracts/" + name + ".json\">JSON</a> <a href=\"/contracts/" + name + ".yaml\">YAML</a>";
}

constexpr const char* style =
    "body { margin: 0; font-family: system-ui, sans-serif; color: #222; }\n"
    "main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid #ddd; vertical-align: top; }\n"
    "header { padding: .5rem 1rem; border-bottom: 1px solid #ddd; }\n"
    "header > * { margin-right: 1rem; }\n"
    ".deprecated { color: #a33; }\n";

AdminAnswer index(const AdminRequest& request, const Snapshot& snapshot) {
    std::string rows;
    for (const auto& contract : snapshot.contracts->contracts()) {
        std::string name = escaped(contract->name);
        rows += "<tr><td><a href=\"/contracts/" + name + "\">" + name + "</a></td><td>" + escaped(contract->title) +
                "</td><td>" + escaped(contract->version) + "</td><td>" + life(snapshot, contract->lifecycle) +
                "</td><td>" + documents(name) + "</td></tr>\n";
    }
    return page(request, "Contracts",
                "<main>\n<h1>Contracts</h1>\n<table>\n<tr><th>contract</th><th>title</th><th>version</th><th>state</th>"
                "<th>document</th></tr>\n" +
                    rows + "</table>\n</main>\n");
}

AdminAnswer reference(const AdminRequest& request, const Snapshot& snapshot, const Contract& contract) {
    std::string name = escaped(contract.name);
    return page(request, contract.title + " " + contract.version + " (" + contract.name + ")",
                "<header><a href=\"/contracts\">Contracts</a> <strong>" + name + "</strong> <span>" +
                    life(snapshot, contract.lifecycle) + "</span> <span>" + documents(name) +
                    "</span></header>\n<redoc spec-url=\"/contracts/" + name +
                    ".json\" hide-download-button native-scrollbars required-props-first></redoc>\n"
                    "<script src=\"/contracts/assets/redoc.js\"></script>\n");
}

Result<AdminAnswer> document(const AdminRequest& request, const Snapshot& snapshot, const Contract& contract,
                             bool yaml) {
    auto whole = bundle(*snapshot.contracts, contract);
    if (!whole) return std::move(whole).error();
    if (yaml) return tagged(request, {200, "application/yaml", to_yaml(*whole)});  // RFC 9512
    return tagged(request, {200, "application/json", to_pretty_json(*whole)});
}

// Whether Accept-Encoding (RFC 9110, section 12.5.3) names gzip, with a weight above 0.
bool takes_gzip(std::string_view accepted) {
    while (!accepted.empty()) {
        auto comma = std::min(accepted.find(','), accepted.size());
        std::string item;
        for (char c : accepted.substr(0, comma))
            if (c != ' ' && c != '\t') item += to_lower(c);
        accepted.remove_prefix(std::min(comma + 1, accepted.size()));
        if (item == "gzip" || item == "x-gzip") return true;
        constexpr std::string_view weighed = "gzip;q=";
        if (item.starts_with(weighed)) return item.find_first_of("123456789", weighed.size()) != item.npos;
    }
    return false;
}

AdminAnswer script(const AdminRequest& request) {
    AdminAnswer answer{200, "text/javascript; charset=utf-8", ""};
    answer.headers.push_back({"Vary", "Accept-Encoding"});
    if (takes_gzip(request.accept_encoding)) {
        answer.body = redoc_gzip();
        answer.headers.push_back({"Content-Encoding", "gzip"});
    } else {
        answer.body = redoc_plain();
    }
    return tagged(request, std::move(answer));
}

// `inventory.v2`, `inventory.v2.json`, `inventory.v2.yaml`.
Result<AdminAnswer> named(const AdminRequest& request, const Snapshot& snapshot) {
    std::string name = request.named.at("document");
    bool json = name.ends_with(".json"), yaml = name.ends_with(".yaml");
    if (json || yaml) name.resize(name.size() - 5);
    const Contract* contract = snapshot.contracts->find_contract(name);
    if (!contract) return no_contract(snapshot, name);
    if (json || yaml) return document(request, snapshot, *contract, yaml);
    return reference(request, snapshot, *contract);
}

}  // namespace

void add_contract_pages(std::vector<Endpoint>& table, SnapshotSource snapshot) {
    auto open = [&](std::string path, std::function<Result<AdminAnswer>(const AdminRequest&)> answer) {
        table.push_back({"GET", std::move(path), true, Role::viewer, std::move(answer)});
    };
    open("/contracts", [snapshot](const AdminRequest& request) { return index(request, *snapshot()); });
    open("/contracts/{document}", [snapshot](const AdminRequest& request) { return named(request, *snapshot()); });
    open("/contracts/assets/redoc.js", [](const AdminRequest& request) { return script(request); });
    open("/contracts/assets/pages.css", [](const AdminRequest& request) {
        return tagged(request, {200, "text/css; charset=utf-8", style});
    });
}

}  // namespace headgate
