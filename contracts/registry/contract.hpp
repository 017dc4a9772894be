// The model of a loaded contract: what an OpenAPI 3.1 document says of its operations, their messages and their life.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "contracts/document/source.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate {

struct Contract;

// `x-lifecycle: {state, deprecated, sunset, successor}` of a contract's `info`, or of one operation. It is told to
// callers in headers; no date in it switches anything off.
struct Lifecycle {
    enum class State : std::uint8_t { draft, active, deprecated } state = State::active;
    std::optional<WallTime> deprecated;  // since when, or from when on (RFC 9745)
    std::optional<WallTime> sunset;      // when it may stop answering (RFC 8594)
    std::string successor;               // the contract to go to: inventory.v2; empty: none is named
};
std::string_view name(Lifecycle::State state);

// A named example of a message or parameter; checked against its schema at load. The value is borrowed from its file,
// which the contract keeps.
struct Example {
    std::string name;  // empty: written as `example`
    const SourceNode* value = nullptr;
};

enum class ParameterPlace : std::uint8_t { path, query, header };

// How a value is told as text; `json`: declared with `content`, the text is JSON.
enum class ParameterStyle : std::uint8_t { simple, label, matrix, form, space, pipe, deep, json };

struct Parameter {
    std::string name;
    ParameterPlace in = ParameterPlace::query;
    bool required = false;
    bool explode = false;  // an array in the style form: `skus=A,B` (false) or `skus=A&skus=B` (true)
    std::shared_ptr<const Schema> schema;
    std::vector<Example> examples = {};
    ParameterStyle style = in == ParameterPlace::query ? ParameterStyle::form : ParameterStyle::simple;
    enum class Kind : std::uint8_t { scalar, array, object } kind = Kind::scalar;  // what its schema allows
    bool allow_reserved = false;  // reserved characters are written as they are, where they mean nothing
    bool deprecated = false;
    SourceMark mark = {};
};

// One media type of a body.
struct Content {
    std::string media_type;  // application/json, as written
    std::shared_ptr<const Schema> schema;
    std::vector<Example> examples = {};
};

struct Response {
    std::vector<Content> contents = {};   // empty: no body
    std::vector<Parameter> headers = {};  // `in` is header
    const Schema* schema() const { return contents.empty() ? nullptr : contents.front().schema.get(); }
};

// What a caller shows to prove who it is: a bearer token, or a token in a header of its own.
struct Credential {
    std::string header;                              // as the contract writes it; empty: Authorization: Bearer
    bool operator==(const Credential& other) const;  // names of headers are the same in letters of any case
};

// False: an answer of the status never has a body (RFC 9110, sections 15.3.5, 15.3.6, 15.4.5).
bool may_have_body(int status);

// One operationId of a contract. Its request message is one object: every parameter by name, and, where the body is an
// object, the body's members beside them (a name in both is refused at load). Its response message is the body.
struct Operation {
    const Contract* of = nullptr;  // owned by the registry, which outlives its operations' users
    std::string contract;          // inventory.v2
    std::string id;                // getAvailability
    std::string name;              // inventory.v2/getAvailability
    std::string method;            // GET
    std::string path;              // /inventory/v2/availability, with {parameters}
    std::string summary;
    std::vector<Parameter> parameters;
    std::vector<Content> bodies;         // by media type, in the document's order; empty: no request body
    std::shared_ptr<const Schema> body;  // of the first of them, nullptr: none; the shape of each is an object
    bool body_required = false;
    std::vector<Example> body_examples;        // of the first of them
    std::map<int, Response> responses;         // by status; a range 4XX by its digit: 4
    std::optional<Response> default_response;  // of any other status
    int success_status = 200;                  // the lowest 2xx declared
    bool authenticated = true;                 // false: declared `security: []`, or an alternative `{}`
    // Alternatives, each of which names everything that must be shown; an empty one: nothing need be. None: open.
    std::vector<std::vector<Credential>> security = {{Credential{}}};
    bool deprecated = false;  // declared, or by its lifecycle
    Lifecycle lifecycle;      // its own, else its contract's
    // Method semantics of RFC 9110: safe operations may be mirrored and retried.
    bool safe = false;  // GET, HEAD, or declared `x-safe: true` (a query that is sent by POST)
    SourceMark mark;

    // The exact status, else its range, else the default; nullptr: undeclared.
    const Response* response(int status) const;
    // What an answer of the status is told in; empty: undeclared, or no body, which a range or the default may have of
    // its other statuses.
    const std::vector<Content>& contents(int status) const;
    const Schema* response_schema(int status) const;  // of the first of them; nullptr: there is none
    const Parameter* parameter(std::string_view parameter_name) const;
};

// One OpenAPI document with operations.
struct Contract {
    std::string name;     // inventory.v2
    std::string version;  // 2.0.0
    std::string title, summary, description;
    Lifecycle lifecycle;
    std::shared_ptr<const SourceFile> file;
    std::vector<const Operation*> operations = {};  // in the document's order

    std::string capability() const { return name.substr(0, name.rfind('.')); }      // inventory
    std::string major_version() const { return name.substr(name.rfind('.') + 1); }  // v2
    std::string path_prefix() const { return "/" + capability() + "/" + major_version() + "/"; }
};

}  // namespace headgate
