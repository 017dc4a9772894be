#include "shadow/mirror/asker.hpp"

#include <pthread.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "base/telemetry/log.hpp"

namespace headgate::mirrored {
namespace {

std::int64_t us_between(SteadyTime from, SteadyTime to) {
    return std::chrono::duration_cast<std::chrono::microseconds>(to - from).count();
}

ShadowAnswer failure(std::string_view word) {
    ShadowAnswer answer;
    answer.failed = true;
    answer.failure = word;
    return answer;
}

void log_bug(const Pair& pair, std::exception_ptr bug) {
    std::string_view operation = pair.request.operation->name;
    try {
        std::rethrow_exception(bug);
    } catch (const std::exception& e) {
        log::error("shadow-ask-failed", {{"operation", operation}, {"what", e.what()}});
    } catch (...) {
        log::error("shadow-ask-failed", {{"operation", operation}});
    }
}

}  // namespace

Asker::Asker(std::shared_ptr<Hub> hub, FindingBook& book, Comparer& comparer, const Clock& clock)
    : hub_(std::move(hub)), book_(book), comparer_(comparer), clock_(clock) {
    hub_->open(io_);
    thread_ = std::thread([this] {
        (void)pthread_setname_np(pthread_self(), "shadow-ask");
        for (;;) {
            try {
                io_.run();
                return;
            } catch (const std::exception& bug) {  // caught once, here; the next handler goes on
                log::error("shadow-ask-failed", {{"what", bug.what()}});
            }
        }
    });
}

Asker::~Asker() { end(); }

void Asker::enter(std::shared_ptr<Pair> pair) {
    if (closing_ || hub_->stopped || pair->settled) {
        hub_->waiting.fetch_sub(1);
        return pair->settle(&Tally::dropped_stopped);
    }
    try {
        open_.insert(pair);
        waiting_.push_back(pair);
    } catch (const std::bad_alloc&) {
        hub_->waiting.fetch_sub(1);
        open_.erase(pair);
        return pair->settle(&Tally::dropped_bytes);
    }
    next();
}

void Asker::next() {
    while (!waiting_.empty() && asking_.size() < std::max<std::size_t>(1, hub_->limits.concurrency)) {
        auto pair = std::move(waiting_.front());
        waiting_.pop_front();
        hub_->waiting.fetch_sub(1);
        if (!pair->settled) ask(pair);
        if (pair->settled) open_.erase(pair);
    }
}

void Asker::ask(const std::shared_ptr<Pair>& pair) {
    std::shared_ptr<Asking> asking;
    try {
        asking = std::make_shared<Asking>(pair, io_.get_executor());
        asking_.insert(asking);
    } catch (const std::bad_alloc&) {
        return pair->settle(&Tally::dropped_bytes);
    }
    MirrorRequest& request = asking->pair->request;
    asking->began = clock_.steady_now();
    asking->pair->skew_us = us_between(asking->pair->began, asking->began);
    request.context.shadow = true;
    request.context.deadline = Deadline::in(request.deadline, clock_);
    // The timer's own clock, so that a deadline holds whatever `ask` does with its context.
    asking->timer->expires_after(request.deadline);
    asking->timer->async_wait([this, asking](boost::system::error_code cancelled) {
        if (cancelled) return;
        answered(asking->pair, failure("deadline-exceeded"));
        give_up(*asking);
    });
    try {
        asio::co_spawn(io_, request.ask(request),
                       asio::bind_cancellation_slot(asking->cancel.slot(),
                                                    [this, asking](std::exception_ptr bug, ShadowAnswer answer) {
                                                        ended(asking, bug, std::move(answer));
                                                    }));
    } catch (...) {  // it never began; told later, because next() is still at work
        asio::post(io_, [this, asking, bug = std::current_exception()] { ended(asking, bug, {}); });
    }
}

void Asker::ended(const std::shared_ptr<Asking>& asking, std::exception_ptr bug, ShadowAnswer answer) {
    if (asking_.erase(asking) == 0) return;
    asking->timer->cancel();
    if (bug) {
        if (!asking->given_up) log_bug(*asking->pair, bug);
        answer = failure("internal");
    }
    if (answer.latency_us == 0) answer.latency_us = us_between(asking->began, clock_.steady_now());
    answered(asking->pair, std::move(answer));
    next();
    if (closing_ && asking_.empty()) {
        std::lock_guard lock(idle_mutex_);
        idle_ = true;
        idle_changed_.notify_all();
    }
}

void Asker::answered(const std::shared_ptr<Pair>& pair, ShadowAnswer answer) {
    if (pair->answer(&Pair::shadow, std::move(answer))) finish(pair);
}

// A failed shadow side counts even when the serving side failed too, and a failed candidate before a failed legacy.
void Asker::finish(const std::shared_ptr<Pair>& given) {
    auto pair = given;
    if (open_.erase(pair) == 0 || pair->settled) return;
    const ShadowAnswer &serving = *pair->serving, &shadow = *pair->shadow;
    if (!serving.failed && !shadow.failed) return comparer_.take(std::move(pair));
    bool candidate_serves = pair->request.candidate_serves;
    bool candidate_failed = candidate_serves ? serving.failed : shadow.failed;
    bool legacy = !candidate_failed;
    const ShadowAnswer& failed = legacy == candidate_serves ? shadow : serving;
    pair->settle(note_failure(book_, *pair, legacy, failed.failure));
}

void Asker::give_up(Asking& asking) {
    asking.given_up = true;
    asking.cancel.emit(asio::cancellation_type::terminal);
}

void Asker::drop_waiting() {
    hub_->waiting.fetch_sub(waiting_.size());
    for (const auto& pair : waiting_) {
        pair->settle(&Tally::dropped_stopped);
        open_.erase(pair);
    }
    waiting_.clear();
}

void Asker::cancel_asking() {
    auto all = asking_;  // cancelling may end some at once
    for (const auto& asking : all) {
        asking->pair->settle(&Tally::dropped_stopped);
        open_.erase(asking->pair);
        give_up(*asking);
    }
}

void Asker::drop_all() noexcept {
    hub_->post([this] {
        drop_waiting();
        cancel_asking();
    });
}

bool Asker::wait_until_idle(milliseconds span) {
    std::unique_lock lock(idle_mutex_);
    return idle_changed_.wait_for(lock, span, [&] { return idle_; });
}

void Asker::drain(milliseconds grace) {
    hub_->post([this] {
        closing_ = true;
        drop_waiting();
        std::lock_guard lock(idle_mutex_);
        idle_ = asking_.empty();
        idle_changed_.notify_all();
    });
    if (!wait_until_idle(grace)) {
        hub_->post([this] { cancel_asking(); });
        constexpr milliseconds after_cancelling{500};
        (void)wait_until_idle(after_cancelling);  // a question that ignores both ends with the io_context
    }
    // What is still open waits for a ticket; from here on nothing goes to the comparer any more.
    hub_->post([this] { drop_open(); });
}

void Asker::end() {
    if (!thread_.joinable()) return;
    hub_->close([this] { io_.stop(); });
    thread_.join();
    drop_waiting();
    drop_open();
    for (const auto& asking : asking_) asking->timer.reset();
}

void Asker::drop_open() {
    for (const auto& pair : open_) pair->settle(&Tally::dropped_stopped);
    open_.clear();
}

}  // namespace headgate::mirrored
