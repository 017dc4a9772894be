// Rules of operations, security, lifecycle and documents.
#include "contracts/evolution/rule_table.hpp"

namespace headgate::evolution {
namespace {

constexpr Level B = Level::breaking, R = Level::risky, C = Level::compatible;

RuleRow row(std::string_view id, Level level, std::string_view explanation) {
    return {id, std::nullopt, std::nullopt, level, true, explanation};
}

}  // namespace

const std::vector<RuleRow>& contract_rules() {
    static const std::vector<RuleRow> rows = {
        row("operation-added", C, "a new operation"),
        row("operation-removed", B, "an operation is gone that was not announced to go"),
        row("operation-removed-before-sunset", B, "an operation is gone before the day that was announced"),
        row("operation-removed-after-sunset", R, "an operation is gone, as was announced; somebody may still call it"),
        row("operation-shadowed", B, "a new path takes requests that the template of an operation stood for"),
        row("operation-id-added", C, "an operationId where there was none"),
        row("operation-id-changed", B, "another operationId, or none: generated code and routes call it by this name"),
        row("operation-path-changed", B, "the operation has another path"),
        row("operation-method-changed", B, "the operation has another method"),
        row("safe-added", C, "`x-safe`: the operation changes nothing from now on"),
        row("safe-removed", B, "`x-safe` is gone: callers may not repeat it any longer"),
        row("operation-deprecated", C, "is deprecated, with the day on which it goes"),
        row("deprecated-without-sunset", R, "is deprecated, but nobody knows until when it answers"),
        row("deprecation-withdrawn", C, "is no longer deprecated"),
        row("sunset-moved-earlier", B, "goes earlier than was announced"),
        row("sunset-moved-later", C, "goes later than was announced"),
        row("sunset-removed", C, "stays though it was announced to go"),
        row("sunset-too-near", B, "is announced to go in less than 90 days"),
        row("lifecycle-state-changed", R, "`state` of `x-lifecycle` changed"),
        row("successor-changed", C, "another `successor`"),
        row("lifecycle-changed", R, "something else of `x-lifecycle` changed"),
        row("lifecycle-unreadable", B, "`x-lifecycle` can't be read: its sunset is no date"),
        row("server-added", C, "one more server"),
        row("server-removed", B, "one server less"),
        row("server-changed", B, "the variables of a server changed"),
        row("security-added", B, "callers must say who they are where they had not to"),
        row("security-removed", R, "everybody may call"),
        row("security-alternative-added", C, "one more way for callers to say who they are"),
        row("security-alternative-removed", B, "one way less for callers to say who they are"),
        row("security-scope-added", B, "callers need a scope that they needed not"),
        row("security-scope-removed", C, "callers need a scope no longer"),
        row("security-scheme-changed", B, "a security scheme is another than before"),
        row("callback-changed", B, "a callback changed: callers answer it"),
        row("webhook-changed", B, "a webhook changed: callers answer it"),
        row("contract-added", C, "a new contract"),
        row("contract-removed", B, "a contract is gone that was not announced to go"),
        row("contract-removed-after-sunset", R, "a contract is gone, as was announced; somebody may still call it"),
        row("contract-renamed", B, "another `x-contract`, or none"),
        row("major-version-raised", C,
            "another major version: callers go over to it one by one, breaks are judged all the same"),
        row("version-raised", C, "another `info.version`"),
        row("version-lowered", B, "a lower `info.version`"),
        row("version-not-raised", R, "a contract changed, and its `info.version` is the same"),
        row("openapi-version-changed", R,
            "another version of OpenAPI; what the same text means otherwise in it is told where it stands"),
        row("openapi-patch-changed", C, "another patch of the same version of OpenAPI"),
        row("declared-twice", B,
            "the same parameter, header or media type is declared once more, or no longer: readers differ in which "
            "holds"),
        row("component-added", C, "a new component that no operation refers to"),
        row("component-removed", R, "a component is gone that no operation referred to; mappings and other files may"),
        row("component-changed", R, "a component changed that no operation refers to; mappings and other files may"),
        row("extension-changed", R, "an `x-` key outside of schemas changed"),
        row("unknown-change", B, "a key that OpenAPI doesn't know changed"),
        row("unjudged-change", B, "a difference that no other rule has judged"),
        row("comparison-cut", B,
            "more to compare, or more changes, than a contract of a person's making has: not all was judged"),
    };
    return rows;
}

}  // namespace headgate::evolution
