// The proof of life of whatever speaks HTTP: any answer to a GET of its base path will do.
#pragma once

#include "base/http_client.hpp"

namespace headgate {

inline Task<Result<void>> probe_http(HttpClient& http, const HttpUrl& url, const CallContext& context) {
    HttpRequest request;
    request.target = url.path;
    request.idempotent = true;
    auto answer = co_await http.send(url.origin, std::move(request), context);
    if (!answer) co_return answer.error();
    co_return Result<void>();
}

}  // namespace headgate
