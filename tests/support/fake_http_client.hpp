// FakeHttpClient: an HttpClient that answers from a script and keeps what it was asked.
#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <deque>
#include <optional>
#include <vector>

#include "base/http_client.hpp"

namespace headgate {

// Used on one thread, as the real one.
class FakeHttpClient : public HttpClient {
  public:
    struct Answer {
        HttpResponse response = {};
        std::optional<Error> error = {};
        bool hang = false;  // until the context's deadline
    };
    struct Sent {
        HttpOrigin to;
        HttpRequest request;
        CallContext context;
        std::string header(std::string_view name) const {
            for (const HttpHeader& header : request.headers)
                if (header.name == name) return header.value;
            return {};
        }
    };

    void answer(int status, std::string body, std::string content_type) {
        answers.push_back({{status, {{"content-type", std::move(content_type)}}, std::move(body)}});
    }
    void fail(ErrorKind kind) { answers.push_back({{}, Error{kind, "scripted"}}); }
    void hang() { answers.push_back({{}, {}, true}); }

    Task<Result<HttpResponse>> send(const HttpOrigin& to, HttpRequest request, const CallContext& context) override {
        sent.push_back({to, std::move(request), context});
        Answer answer{{}, Error{ErrorKind::system_unavailable, "nothing is scripted"}};
        if (!answers.empty()) {
            answer = std::move(answers.front());
            answers.pop_front();
        }
        if (answer.hang) {
            Timer timer(co_await asio::this_coro::executor);
            timer.expires_at(context.deadline.when());
            boost::system::error_code ignored;
            co_await timer.async_wait(asio::redirect_error(use_task, ignored));
            co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"};
        }
        if (answer.error) co_return *answer.error;
        co_return std::move(answer.response);
    }

    std::deque<Answer> answers;
    std::vector<Sent> sent;
};

}  // namespace headgate
