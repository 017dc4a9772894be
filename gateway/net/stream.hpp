// TimedStream: a TCP socket with one deadline, whose timer is armed again only when it must be; and its input buffer.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string_view>

#include "base/async.hpp"
#include "base/clock.hpp"

namespace headgate::net {

using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Resolver = asio::ip::basic_resolver<Tcp, Executor>;
using ErrorCode = boost::system::error_code;

// Held by shared_ptr: the timer's handler keeps it alive until it has run. One thread. A deadline that moves later
// costs nothing; the timer notices when it fires and waits on.
class TimedStream : public std::enable_shared_from_this<TimedStream> {
  public:
    explicit TimedStream(Socket socket) : socket_(std::move(socket)), timer_(socket_.get_executor()) {}

    Socket& socket() { return socket_; }
    // Small writes at once, and writes that don't wait; to be called when connected.
    void prepare();
    // From now on reads and writes end with expired() at `deadline`; an earlier expiry is forgotten.
    void until(SteadyTime deadline);
    bool expired() const { return expired_; }
    // For an idle connection that nobody reads: expiry closes it.
    void close_when_expired(bool on) { close_when_expired_ = on; }
    // Ends what waits, with operation_aborted; the socket stays usable.
    void interrupt();
    void close();
    bool is_open() const { return socket_.is_open(); }

    Task<std::size_t> read_some(asio::mutable_buffer into, ErrorCode& error);
    // What the kernel takes at once; fewer than asked is no error.
    std::size_t write_now(std::string_view bytes, ErrorCode& error);
    // Waits until the kernel takes some.
    Task<std::size_t> write_some(std::string_view bytes, ErrorCode& error);

  private:
    void arm();

    Socket socket_;
    Timer timer_;
    SteadyTime deadline_ = SteadyTime::max(), armed_for_ = SteadyTime::max();
    std::uint64_t generation_ = 0;  // of the timer's wait: a handler already queued for an older one does nothing
    bool armed_ = false, expired_ = false, close_when_expired_ = false;
};

// Bytes that have arrived and aren't consumed. Views into it hold until make_room(), compact() or consume().
class InputBuffer {
  public:
    explicit InputBuffer(std::size_t capacity) : data_(new char[capacity]), capacity_(capacity) {}

    std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
    std::size_t size() const { return end_ - begin_; }
    bool empty() const { return begin_ == end_; }
    // How much fits behind the first `offset` bytes, once compacted.
    std::size_t capacity() const { return capacity_; }
    asio::mutable_buffer tail() { return {data_.get() + end_, capacity_ - end_}; }
    void commit(std::size_t n) { end_ += n; }
    void consume(std::size_t n) {
        begin_ += n;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    // Forgets all but the first n bytes.
    void truncate(std::size_t n) { end_ = begin_ + n; }
    void clear() { begin_ = end_ = 0; }
    // Moves what is left to the front.
    void compact();
    // At least `wanted` bytes in all, grown by doubling.
    void grow_to(std::size_t wanted);

  private:
    std::unique_ptr<char[]> data_;
    std::size_t capacity_, begin_ = 0, end_ = 0;
};

}  // namespace headgate::net
