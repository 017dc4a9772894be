// Result<T>: a value or an Error; how every expected failure travels (exceptions are for start-up and bugs).
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "base/error.hpp"

namespace headgate {

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return assert(ok()), *std::get_if<0>(&state_); }
    const T& value() const& { return assert(ok()), *std::get_if<0>(&state_); }
    // By value, so that `for (auto& x : f().value())` does not dangle.
    T value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    Error& error() & { return assert(!ok()), *std::get_if<1>(&state_); }
    const Error& error() const& { return assert(!ok()), *std::get_if<1>(&state_); }
    Error error() && { return assert(!ok()), std::move(*std::get_if<1>(&state_)); }

  private:
    std::variant<T, Error> state_;
};

// Success that carries nothing.
struct Done {};

template <>
class [[nodiscard]] Result<void> : public Result<Done> {
  public:
    Result() : Result<Done>(Done{}) {}
    Result(Done) : Result<Done>(Done{}) {}
    Result(Error error) : Result<Done>(std::move(error)) {}
};

}  // namespace headgate
