// libmicrohttpd's callbacks, and the faults: a delayed request is suspended and resumed by a timer thread, so that a
// thousand slow requests cost no thread each.
#include "tests/simulator/http/server.hpp"

#include <microhttpd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>

#include "tests/simulator/http/loopback.hpp"
#include "tests/simulator/http/pour.hpp"

namespace simulator {

constexpr std::size_t body_limit = 4 << 20;

struct HttpPart::Exchange {
    HttpRequest request;
    bool too_large = false;
    bool delayed = false;  // its fault has been served; what is left is to answer
    bool fail = false;
};

namespace {

MHD_Result keep_pair(void* into, MHD_ValueKind kind, const char* name, const char* value) {
    std::string key = name;
    if (kind == MHD_HEADER_KIND)
        std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) { return std::tolower(c); });
    (*static_cast<std::map<std::string, std::string>*>(into))[key] = value ? value : "";
    return MHD_YES;
}

MHD_Result on_request(void* self, MHD_Connection* connection, const char* url, const char* method, const char*,
                      const char* data, std::size_t* size, void** state) {
    if (*state == nullptr) {
        auto exchange = std::make_unique<HttpPart::Exchange>();
        exchange->request.method = method;
        exchange->request.path = url;
        MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_pair, &exchange->request.headers);
        MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, keep_pair, &exchange->request.query);
        *state = exchange.release();
        return MHD_YES;
    }
    auto& exchange = *static_cast<HttpPart::Exchange*>(*state);
    if (*size > 0) {
        exchange.too_large = exchange.too_large || exchange.request.body.size() + *size > body_limit;
        if (!exchange.too_large) exchange.request.body.append(data, *size);
        *size = 0;
        return MHD_YES;
    }
    return static_cast<MHD_Result>(static_cast<HttpPart*>(self)->finish(connection, exchange));
}

void on_completed(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
    delete static_cast<HttpPart::Exchange*>(*state);
    *state = nullptr;
}

}  // namespace

HttpPart::HttpPart(std::string name, int port, std::uint64_t seed, HttpHandler handle, HttpHandler busy)
    : name_(std::move(name)), handle_(std::move(handle)), busy_(std::move(busy)), dice_(number_for(seed, name_)) {
    holder_ = bound_socket(port);
    port_ = port_of(holder_);
    timer_ = std::thread([this] { run_timer(); });
}

void HttpPart::open() {
    const std::lock_guard lock(switching_);
    start();
}

void HttpPart::close() {
    const std::lock_guard lock(switching_);
    stop();
}

HttpPart::~HttpPart() {
    close();
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    timer_.join();
    ::close(holder_);
}

void HttpPart::start() {
    if (daemon_ != nullptr) return;
    {
        const std::lock_guard lock(mutex_);
        closing_ = false;
    }
    const int listener = listening_socket(port_);
    daemon_ = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr,
                               &on_request, this, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_THREAD_POOL_SIZE, 2u,
                               MHD_OPTION_CONNECTION_LIMIT, 4096u, MHD_OPTION_CONNECTION_TIMEOUT, 120u,
                               MHD_OPTION_NOTIFY_COMPLETED, &on_completed, nullptr, MHD_OPTION_END);
    if (daemon_ == nullptr) throw std::runtime_error(name_ + ": cannot start");
}

void HttpPart::stop() {
    if (daemon_ == nullptr) return;
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        for (; !waiting_.empty(); waiting_.pop()) MHD_resume_connection(waiting_.top().connection);
    }
    MHD_stop_daemon(daemon_);
    daemon_ = nullptr;
}

void HttpPart::set_faults(const Faults& faults) {
    const std::lock_guard switching(switching_);
    {
        const std::lock_guard lock(mutex_);
        faults_ = faults;
        free_at_ = {};
        closing_ = closing_ || faults.stopped;  // who hangs then gets no answer at all
        // Whoever hangs or waits looks at the new faults at once; a connection that was delayed only answers earlier.
        for (; !waiting_.empty(); waiting_.pop()) MHD_resume_connection(waiting_.top().connection);
    }
    faults.stopped ? stop() : start();
}

Faults HttpPart::faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
}

int HttpPart::finish(MHD_Connection* connection, Exchange& exchange) {
    if (!exchange.delayed) {
        const std::lock_guard lock(mutex_);
        if (closing_) return MHD_NO;
        if (faults_.reset) {
            const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
            if (info != nullptr) abort_connection(info->connect_fd);
            return MHD_NO;
        }
        if (faults_.hang) {  // not marked as delayed: it hangs again if it still has to when resumed
            MHD_suspend_connection(connection);
            waiting_.push({Clock::time_point::max(), connection});
            return MHD_YES;
        }
        exchange.delayed = true;
        const auto wait = delay(exchange.fail);
        if (wait.count() > 0) {
            MHD_suspend_connection(connection);
            waiting_.push({Clock::now() + wait, connection});
            changed_.notify_one();
            return MHD_YES;
        }
    }
    ++requests_;
    if (exchange.too_large)
        return answer(connection, problem(exchange.request, 413, "Content Too Large", "at most 4 MiB"));
    try {
        return answer(connection, exchange.fail ? busy_(exchange.request) : handle_(exchange.request));
    } catch (const std::exception& failure) {
        return answer(connection, problem(exchange.request, 500, "Internal Server Error", failure.what()));
    }
}

std::chrono::nanoseconds HttpPart::delay(bool& fail) {
    fail = faults_.error_share > 0 && dice_.share() < faults_.error_share;
    const auto jitter =
        faults_.latency_jitter_ms > 0 ? dice_.below(static_cast<std::uint64_t>(faults_.latency_jitter_ms) + 1) : 0;
    const double ms = faults_.latency_ms + static_cast<double>(jitter) + draw_ms(faults_.latency, dice_);
    auto wait = std::chrono::nanoseconds(static_cast<std::int64_t>(ms * 1e6));
    if (faults_.capacity_per_s <= 0) return wait;
    // Served one behind the other, each for its share of a second; the line in front is what is booked already.
    const auto each = std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 / faults_.capacity_per_s));
    const auto begin = std::max(Clock::now(), free_at_);
    const auto line = begin - Clock::now();
    if (line > each * faults_.queue) {
        fail = true;
        return {};
    }
    free_at_ = begin + each;
    return wait + line;
}

HttpPart::Flow HttpPart::hold(MHD_Connection* connection, Clock::time_point until) {
    const std::lock_guard lock(mutex_);
    if (closing_) return Flow::end;
    MHD_suspend_connection(connection);
    waiting_.push({until, connection});
    changed_.notify_one();
    return Flow::wait;
}

std::uint64_t HttpPart::open_until() const {
    const std::lock_guard lock(mutex_);
    return faults_.stall_after_bytes < 0 ? UINT64_MAX : static_cast<std::uint64_t>(faults_.stall_after_bytes);
}

int HttpPart::answer(MHD_Connection* connection, const HttpAnswer& answer) {
    const auto faults_now = faults();
    auto* response = pours(faults_now) && !answer.body.empty()
                         ? poured_response(*this, connection, answer.body, faults_now)
                         : MHD_create_response_from_buffer(answer.body.size(), const_cast<char*>(answer.body.data()),
                                                           MHD_RESPMEM_MUST_COPY);
    if (response == nullptr) return MHD_NO;
    if (!answer.content_type.empty()) MHD_add_response_header(response, "Content-Type", answer.content_type.c_str());
    for (const auto& [name, value] : answer.headers) MHD_add_response_header(response, name.c_str(), value.c_str());
    const auto queued = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
    MHD_destroy_response(response);
    return queued;
}

void HttpPart::run_timer() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        if (waiting_.empty() || waiting_.top().due == Clock::time_point::max()) {
            changed_.wait(lock);
        } else if (waiting_.top().due > Clock::now()) {
            const auto due = waiting_.top().due;
            changed_.wait_until(lock, due);
        } else {
            MHD_resume_connection(waiting_.top().connection);
            waiting_.pop();
        }
    }
}

}  // namespace simulator
