// The comparers: each tells the changes of one part of a document.
#pragma once

#include "contracts/evolution/comparison.hpp"
#include "contracts/evolution/operations.hpp"

namespace headgate::evolution {

void compare_document(Comparison& comparison);    // compare_document.cpp
void compare_operations(Comparison& comparison);  // compare_operations.cpp
// What paths that are new take from the former operations; `partners`: what has become of each, nullptr when it is
// gone.
void compare_shadowed(Comparison& comparison, const std::vector<OperationPlace>& before,
                      const std::vector<OperationPlace>& after,
                      const std::vector<const OperationPlace*>& partners);  // compare_shadowed.cpp
void compare_parameters(Comparison& comparison, const Frame& operation, const OperationPlace& before,
                        const OperationPlace& after);  // compare_parameters.cpp
// compare_body.cpp
void compare_body(Comparison& comparison, const Frame& operation, std::string_view method, Both body);
void compare_content(Comparison& comparison, const Frame& message, Both content, Both places);
void compare_responses(Comparison& comparison, const Frame& operation, Both responses);  // compare_responses.cpp
void compare_security(Comparison& comparison, const Frame& operation, Both security, Both places);
void compare_servers(Comparison& comparison, const Frame& frame, Both servers, Both places);
// `deprecated` and `x-lifecycle` of an operation, or of `info`.
void compare_lifecycle(Comparison& comparison, const Frame& frame, Both at);  // compare_lifecycle.cpp
// The day on which the operation goes: its own, else its document's; empty when none is announced.
std::string sunset_of(const ApiFiles& files, Place at, Place root);
// What no operation refers to.
void compare_components(Comparison& comparison);  // compare_components.cpp
// What nobody has looked at.
void compare_leftovers(Comparison& comparison);  // compare_leftovers.cpp

// How a parameter or header is written; `style` and `explode` with their defaults.
std::string style_of(const ApiFiles& files, Place at, std::string_view in);
// Its schema, or the content that stands for it.
void compare_value(Comparison& comparison, const Frame& frame, Both at);

}  // namespace headgate::evolution
