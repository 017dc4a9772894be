// The pooled HTTP client of one worker: what it reads from a system is as hostile to it as what a caller sends.
#include <boost/asio/error.hpp>

#include "base/ascii.hpp"
#include "gateway/net/chunked.hpp"
#include "gateway/net/head.hpp"
#include "gateway/net/pool.hpp"
#include "gateway/net/write.hpp"

namespace headgate::net {
namespace {

constexpr std::size_t max_answer_fields = 200;
constexpr int max_interim_answers = 8;
constexpr std::size_t read_room_bytes = 2048;

// Reads one answer off a connection; lives in send()'s frame.
class AnswerReader {
  public:
    AnswerReader(Connection& connection, const HttpClientLimits& limits, bool to_head)
        : stream_(*connection.stream), input_(connection.input), limits_(limits), to_head_(to_head) {}

    Task<Result<void>> read(HttpResponse& answer) {
        for (int i = 0; i <= max_interim_answers; ++i) {
            auto head = co_await read_head();
            if (!head) co_return head;
            if (head_.status >= 200) {
                take_fields(answer);
                auto body = co_await read_body(answer.body);
                if (!body) co_return body;
                reusable_ = head_.keep_alive && input_.empty();
                co_return Done{};
            }
            if (head_.status == 101) co_return bad("it switches protocols unasked");
            input_.consume(head_size_);
        }
        co_return bad("it sends too many interim answers");
    }

    bool answered() const { return answered_; }
    bool reusable() const { return reusable_; }

  private:
    static Error bad(std::string_view why) {
        return {ErrorKind::bad_answer, "the system's answer is not usable", std::string(why)};
    }

    // Reads some into `into`; an end of the connection is for the caller to judge: n is 0 then.
    Task<Result<void>> read_some(asio::mutable_buffer into, std::size_t& n) {
        ErrorCode error;
        n = co_await stream_.read_some(into, error);
        if (n > 0) answered_ = true;
        if (!error) co_return Done{};
        if (stream_.expired()) co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"};
        if (error == asio::error::eof) {
            n = 0;
            co_return Done{};
        }
        co_return Error{ErrorKind::system_unavailable, "the system ended the connection", error.message()};
    }

    static Error ended() {
        return {ErrorKind::system_unavailable, "the system ended the connection", "within its answer"};
    }

    Task<Result<void>> read_head() {
        HeadFinder finder;
        input_.compact();
        while (!finder.feed(input_.view())) {
            if (input_.size() >= limits_.header_bytes) co_return bad("its headers are too large");
            input_.grow_to(input_.size() + read_room_bytes);
            std::size_t n = 0;
            auto some = co_await read_some(input_.tail(), n);
            if (!some) co_return some;
            if (n == 0) co_return ended();
            input_.commit(n);
        }
        if (finder.refusal()) co_return bad(finder.refusal().why);
        head_size_ = finder.size();
        if (head_size_ > limits_.header_bytes) co_return bad("its headers are too large");
        input_.grow_to(head_size_ + read_room_bytes);
        auto refusal =
            scan_response_head(input_.view().substr(0, head_size_), max_answer_fields, to_head_, head_, fields_);
        if (refusal) co_return bad(refusal.why);
        co_return Done{};
    }

    void take_fields(HttpResponse& answer) {
        answer.status = head_.status;
        answer.headers.clear();
        answer.headers.reserve(fields_.size());
        for (const auto& field : fields_) {
            answer.headers.push_back({to_lower(field.name), std::string(field.value)});
        }
        input_.consume(head_size_);
        input_.compact();
    }

    Task<Result<void>> read_body(std::string& body) {
        body.clear();
        switch (head_.framing) {
            case Framing::none: co_return Done{};
            case Framing::length: co_return co_await read_length(body);
            case Framing::chunked: co_return co_await read_chunked(body);
            case Framing::until_close: break;
        }
        co_return co_await read_to_end(body);
    }

    Task<Result<void>> read_length(std::string& body) {
        if (head_.content_length > limits_.body_bytes) co_return bad("its body is too large");
        auto length = static_cast<std::size_t>(head_.content_length);
        body.assign(input_.view().substr(0, length));
        input_.consume(body.size());
        std::size_t filled = body.size();
        while (filled < length) {
            // Memory follows what arrives, not what is announced.
            if (filled == body.size()) body.resize(std::min(length, std::max<std::size_t>(2 * filled, 64 * 1024)));
            std::size_t n = 0;
            auto some = co_await read_some({body.data() + filled, body.size() - filled}, n);
            if (!some) co_return some;
            if (n == 0) co_return ended();
            filled += n;
        }
        co_return Done{};
    }

    Task<Result<void>> read_chunked(std::string& body) {
        ChunkedDecoder decoder(limits_.body_bytes);
        while (true) {
            std::size_t used = 0, n = 0;
            auto state = decoder.feed(input_.view(), body, used);
            input_.consume(used);
            if (state == ChunkedDecoder::State::done) co_return Done{};
            if (state != ChunkedDecoder::State::more) co_return bad(decoder.why());
            auto some = co_await read_some(input_.tail(), n);
            if (!some) co_return some;
            if (n == 0) co_return ended();
            input_.commit(n);
        }
    }

    Task<Result<void>> read_to_end(std::string& body) {
        while (true) {
            if (body.size() + input_.size() > limits_.body_bytes) co_return bad("its body is too large");
            body.append(input_.view());
            input_.clear();
            std::size_t n = 0;
            auto some = co_await read_some(input_.tail(), n);
            if (!some) co_return some;
            if (n == 0) co_return Done{};
            input_.commit(n);
        }
    }

    TimedStream& stream_;
    InputBuffer& input_;
    const HttpClientLimits& limits_;
    bool to_head_, answered_ = false, reusable_ = false;
    std::size_t head_size_ = 0;
    ResponseHead head_;
    Fields fields_;
};

class Client final : public HttpClient {
  public:
    Client(Executor executor, const HttpClientLimits& limits) : executor_(executor), limits_(limits) {}

    Task<Result<HttpResponse>> send(const HttpOrigin& to, HttpRequest request, const CallContext& context) override {
        if (context.deadline.expired())
            co_return Error{ErrorKind::deadline_exceeded, "the time for this call is over", "before it began"};
        auto pool = pool_for(to);
        auto permit = co_await pool->acquire(context.deadline);
        if (!permit) co_return std::move(permit).error();
        HttpResponse answer;
        for (bool first = true;; first = false) {
            std::unique_ptr<Connection> connection;
            // A kept connection may end under a request: what may not be sent again goes over a new one.
            if (first && (request.idempotent || !request.effect)) connection = pool->take_idle();
            bool reused = connection != nullptr;
            if (!reused) {
                auto made = co_await pool->connect(context.deadline);
                if (!made) co_return std::move(made).error();
                connection = std::move(*made);
            }
            connection->output.clear();
            auto written = write_request(to, request, context, connection->output);
            if (!written) co_return std::move(written).error();
            connection->stream->until(context.deadline.when());
            AnswerReader reader(*connection, limits_, request.method == "HEAD");
            auto done = co_await write(*connection);
            if (done) done = co_await reader.read(answer);
            if (done) {
                if (reader.reusable()) pool->put_idle(std::move(connection));
                co_return answer;
            }
            connection->stream->close();
            // The system closed a kept connection while the request was on its way: it has seen nothing of it, or may
            // see it twice.
            bool again = first && reused && request.idempotent && !reader.answered() &&
                         done.error().kind == ErrorKind::system_unavailable;
            if (!again) co_return request.effect ? not_known(std::move(done).error()) : std::move(done).error();
        }
    }

  private:
    static Error not_known(Error error) {
        if (error.kind != ErrorKind::deadline_exceeded && error.kind != ErrorKind::system_unavailable) return error;
        error.detail = error.message + (error.detail.empty() ? "" : ": ") + error.detail;
        error.message = "the system may or may not have it";
        error.kind = ErrorKind::outcome_unknown;
        return error;
    }

    std::shared_ptr<OriginPool> pool_for(const HttpOrigin& origin) {
        // Origins come from configuration: a handful.
        for (const auto& pool : pools_)
            if (pool->is_for(origin)) return pool;
        return pools_.emplace_back(std::make_shared<OriginPool>(executor_, origin, limits_));
    }

    Task<Result<void>> write(Connection& connection) {
        ErrorCode error;
        std::string_view rest = connection.output;
        rest.remove_prefix(connection.stream->write_now(rest, error));
        while (!error && !rest.empty()) rest.remove_prefix(co_await connection.stream->write_some(rest, error));
        if (!error) co_return Done{};
        if (connection.stream->expired())
            co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time", "it does not read"};
        co_return Error{ErrorKind::system_unavailable, "the system ended the connection", error.message()};
    }

    Executor executor_;
    HttpClientLimits limits_;
    std::vector<std::shared_ptr<OriginPool>> pools_;
};

}  // namespace
}  // namespace headgate::net

namespace headgate {

std::unique_ptr<HttpClient> make_http_client(asio::io_context& context, const HttpClientLimits& limits) {
    return std::make_unique<net::Client>(context.get_executor(), limits);
}

}  // namespace headgate
