// What a system tells of itself over HTTP: its WSDL, its OpenAPI document.
#pragma once

#include <string>
#include <string_view>

#include "base/http_client.hpp"

namespace headgate {

// `url` may have a query; `what`: "WSDL", for messages; both texts must outlive the call. Fails with
// system_unavailable, configuration (no such URL).
inline Task<Result<std::string>> fetch_document(HttpClient& http, std::string url, std::string_view what,
                                                std::string_view accept, CallContext context) {
    auto query = url.find('?');
    auto parsed = parse_http_url(url.substr(0, query));
    if (!parsed)
        co_return Error{ErrorKind::configuration, "the " + std::string(what) + "'s URL can't be used",
                        url + ": " + parsed.error().message};
    HttpRequest request;
    request.target = parsed->path + (query == std::string::npos ? "" : url.substr(query));
    request.headers.push_back({"Accept", std::string(accept)});
    request.idempotent = true;
    auto answer = co_await http.send(parsed->origin, std::move(request), context);
    if (!answer) co_return answer.error();
    if (answer->status != 200)
        co_return Error{ErrorKind::system_unavailable, "the system does not tell its " + std::string(what),
                        url + ": HTTP " + std::to_string(answer->status)};
    co_return std::move(answer->body);
}

}  // namespace headgate
