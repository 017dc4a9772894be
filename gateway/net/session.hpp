// Session: one accepted connection: reads and hardens requests one after the other, has them handled, answers each.
#pragma once

#include <unordered_set>

#include "gateway/net/head.hpp"
#include "gateway/net/http_server.hpp"
#include "gateway/net/stream.hpp"
#include "gateway/net/write.hpp"

namespace headgate::net {

class Session;

// What a listener shares with its sessions; one thread.
struct SessionHost {
    HttpServerLimits limits;
    HttpHandler& handler;
    DateCache date = {};
    bool draining = false;
    std::unordered_set<Session*> sessions = {};
};

// Lives in its coroutine; enters itself into the host's set. Requests that are pipelined are served one after the
// other, never read further ahead than the buffer. After a refusal the connection is closed, with a lingering close so
// that the answer reaches the peer.
class Session {
  public:
    Session(SessionHost& host, Socket socket);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Task<void> run();
    // Over the bound of connections: one refusal, no request read.
    Task<void> turn_away();
    // Drain: a session that waits for a request that hasn't begun ends now.
    void end_if_idle();
    void cut() { stream_->close(); }

  private:
    enum class Step { done, refused, gone };
    Task<Step> read_head();
    Task<Step> read_body();
    Task<Step> read_long_body(std::size_t length);
    Task<Step> read_chunked_body();
    // Reads some of the body; `received` of it are here already.
    Task<Step> read_paced(asio::mutable_buffer into, std::size_t received, std::size_t& n);
    Task<void> handle();
    // False when the peer is gone or too slow.
    Task<bool> send(const AnswerStyle& style);
    Task<bool> send_bytes(std::string_view bytes);
    Task<void> refuse();
    Task<void> linger();
    Step refused(Refusal refusal) { return refusal_ = refusal, Step::refused; }

    SessionHost& host_;
    std::shared_ptr<TimedStream> stream_;
    InputBuffer input_;
    std::string body_;  // of a body that doesn't stand in the input buffer
    std::string output_;
    RequestHead head_;
    IncomingRequest request_;
    OutgoingResponse response_;
    Refusal refusal_;
    SteadyTime body_began_{};
    std::size_t head_size_ = 0, message_size_ = 0;
    bool idle_ = false;
};

}  // namespace headgate::net
