// Comparing in the contract's terms: two documents, or two answers of one operation. Plain functions without state of
// their own; safe on any thread.
#pragma once

#include <string_view>

#include "contracts/document/value.hpp"
#include "contracts/registry/registry.hpp"
#include "contracts/schema/schema.hpp"
#include "shadow/compare/answer.hpp"
#include "shadow/compare/difference.hpp"

namespace headgate {

// Exact and uncoerced, guided by the shape (which may be nullptr: then arrays keep their order and texts are texts).
// Numbers are equal by decimal value (1.0 is 1.00), date-times by instant. Linear in the size of both documents for
// each level of nesting; depth is bounded by the parser.
Comparison compare_documents(const Value& left, const Value& right, const Shape* shape,
                             const CompareLimits& limits = {});

// The same for texts: `headgate compare A B`.
Comparison compare_texts(std::string_view left, std::string_view right, const Shape* shape,
                         const CompareLimits& limits = {});

// Status first; equal statuses: the bodies by the response's schema. Of problem documents (RFC 9457) what is written
// for people or for one occurrence (title, detail, instance, traceId) is ignored; type, status and pointers count.
// Neither answer may be a failed one.
Comparison compare_answers(const Operation& operation, const ShadowAnswer& left, const ShadowAnswer& right,
                           const CompareLimits& limits = {});

}  // namespace headgate
