#include "gateway/app/cli/legacy_bytes.hpp"

#include <algorithm>

#include "adapters/odbc/prepare.hpp"
#include "base/ascii.hpp"
#include "contracts/document/source_format.hpp"
#include "mappings/formats/charset/code_page.hpp"
#include "mappings/formats/rows/row_set.hpp"
#include "mappings/formats/soap/soap.hpp"
#include "mappings/plan/api_call.hpp"
#include "mappings/plan/file_drop.hpp"

namespace headgate::cli {
namespace {

Result<LegacyBytes> soap_bytes(const SoapCall& call, const Value& document) {
    auto bytes = write_soap(call.version, call.request, document, call.charset);
    if (!bytes) return bytes.error();
    return LegacyBytes{"soap", call.charset, call.soap_action, std::move(*bytes), {}};
}

LegacyBytes::Statement statement(std::string sql, const std::vector<odbc::Parameter>& parameters,
                                 const Charset& charset) {
    LegacyBytes::Statement out{std::move(sql), {}};
    for (const auto& parameter : parameters) {
        std::string text;
        charset.decode(parameter.bytes, text);
        out.parameters.push_back(parameter.null ? std::nullopt : std::optional(std::move(text)));
    }
    return out;
}

// As the adapter binds them: lists expanded, batches split.
Result<LegacyBytes> sql_bytes(const LegacyCall& call, const std::string& charset_name, const Value& document) {
    const auto* charset = Charset::find(charset_name);
    if (!charset) return Error{ErrorKind::configuration, "unknown charset '" + charset_name + "'"};
    LegacyBytes out{"sql", charset_name, {}, {}, {}};
    if (const auto* query = std::get_if<RowsQuery>(&call)) {
        auto queries = odbc::prepare_queries(*query, document, *charset);
        if (!queries) return queries.error();
        for (auto& one : *queries) out.statements.push_back(statement(one.sql, one.parameters, *charset));
    } else {
        auto transaction = odbc::prepare_transaction(std::get<RowsTransaction>(call), document, *charset);
        if (!transaction) return transaction.error();
        for (auto& one : transaction->steps) out.statements.push_back(statement(one.sql, one.parameters, *charset));
        if (auto& answer = transaction->answer)
            out.statements.push_back(statement(answer->sql, answer->parameters, *charset));
    }
    return out;
}

// Numbered 1 where the gateway would take the next number: nothing is sent here.
Result<LegacyBytes> drop_bytes(const FileDrop& call, const Value& document) {
    auto head = drop_head(call, document);
    if (!head) return head.error();
    auto bytes = call.format->write(document, head->envelope);
    if (!bytes) return bytes.error();
    return LegacyBytes{
        std::string(call.format->name()), call.format->charset(), std::move(head->name), std::move(*bytes), {}};
}

Result<LegacyBytes> api_bytes(const Plan& plan, const ApiCall& call, const Value& document) {
    auto written = write_api_call(plan, call, document);
    if (!written) return written.error();
    auto name = call.operation->operation.method + " " + written->target;
    std::string head;
    for (const auto& [header, value] : written->headers) head += header + ": " + value + "\n";
    return LegacyBytes{"json", "UTF-8", std::move(name), head + (head.empty() ? "" : "\n") + written->body, {}};
}

LegacyAnswer answer_of(const Value& document) {
    LegacyAnswer answer;
    answer.document = document;
    return answer;
}

Result<LegacyAnswer> bad(std::string detail) {
    return Error{ErrorKind::bad_answer, "the answer can't be read", std::move(detail)};
}

// Through a RowSet, as a driver's answer: columns in upper case, every column of the mapping there.
Result<LegacyAnswer> rows_of(const RowsQuery& call, const Value& document, Arena& arena) {
    if (!document.is_array()) return bad("rows are an array of objects: column -> text, number or null");
    RowSet rows;
    std::vector<std::string> columns, named;
    if (document.size() == 0) return answer_of(document);
    if (!document[0].is_object()) return bad("row 1 is no object");
    for (const Member& member : document[0].members()) {
        named.emplace_back(member.key);
        columns.push_back(to_upper(named.back()));
    }
    rows.set_columns(columns);
    for (std::uint32_t i = 0; i < document.size(); ++i) {
        const Value& row = document[i];
        if (!row.is_object() || row.size() != named.size())
            return bad("row " + std::to_string(i + 1) + " has other columns than the first");
        for (const auto& name : named) {
            const Value* cell = row.find(name);
            if (!cell) return bad("row " + std::to_string(i + 1) + " has no column '" + name + "'");
            if (cell->is_null())
                rows.add_null();
            else if (cell->is_string() || cell->is_number())
                rows.add(cell->text());
            else
                return bad("row " + std::to_string(i + 1) + ", column '" + name + "' is no text");
        }
    }
    DriftLog drift;
    auto out = rows.document(call.columns, *Charset::find("UTF-8"), arena, &drift);
    if (!out) return out.error();
    auto answer = answer_of(*out);
    answer.drift = std::move(drift);
    return answer;
}

Result<LegacyAnswer> envelope(const SoapCall& call, std::string_view bytes, Arena& arena) {
    xml::XmlLimits limits;
    limits.types = call.types;
    auto answer = read_soap(bytes, {}, call.response, arena, limits);
    if (!answer) return answer.error();
    LegacyAnswer out = answer_of(answer->fault ? answer->detail : answer->content);
    out.fault = answer->fault;
    out.fault_code = answer->code;
    out.fault_text = answer->text;
    return out;
}

// An answer with its status, `{ status: 409, body: { ... } }`, or the body of one of success.
Result<LegacyAnswer> api_answer(const Plan& plan, const ApiCall& call, const Value& given, Arena& arena) {
    const auto& api = *call.operation;
    const Value *status = given.is_object() ? given.find("status") : nullptr,
                *body = given.is_object() ? given.find("body") : nullptr;
    bool whole = status && status->is_number() && status->text().size() == 3 && body && given.size() == 2;
    ApiAnswer answer;
    answer.status = whole ? std::stoi(std::string(status->text())) : api.operation.success_status;
    Value content = whole ? *body : given;
    if (answer.status / 100 != 2 || refused_with_success(plan, call, answer.status, content)) {
        auto out = answer_of(content);
        out.fault = true;
        out.fault_code = fault_code(answer.status, content, call.codes);
        return out;
    }
    Builder builder(arena);
    auto document = api_document(api, answer, content, builder);
    if (!document) return document.error();
    return answer_of(*document);
}

// Legacy documents hold texts alone.
void put_texts(const Value& value, Builder& builder) {
    switch (value.kind()) {
        case ValueKind::boolean: return builder.string(value.as_boolean() ? "true" : "false");
        case ValueKind::number: return builder.string(value.text());
        case ValueKind::array:
            builder.begin_array();
            for (const Value& item : value) put_texts(item, builder);
            return builder.end_array();
        case ValueKind::object:
            builder.begin_object();
            for (const Member& member : value.members()) {
                builder.key(member.key);
                put_texts(member.value, builder);
            }
            return builder.end_object();
        default: builder.value(value);
    }
}

// The query whose rows are the answer; nullptr: none is.
const RowsQuery* rows_answered(const LegacyCall& call) {
    const auto* transaction = std::get_if<RowsTransaction>(&call);
    return transaction && transaction->answer ? &*transaction->answer : std::get_if<RowsQuery>(&call);
}

}  // namespace

Result<LegacyBytes> write_legacy(const Plan& plan, const Value& document) {
    const LegacyCall& call = plan.call();
    if (const auto* api = std::get_if<ApiCall>(&call)) return api_bytes(plan, *api, document);
    if (const auto* soap = std::get_if<SoapCall>(&call)) return soap_bytes(*soap, document);
    if (const auto* query = std::get_if<RowsQuery>(&call)) return sql_bytes(call, query->charset, document);
    if (const auto* statements = std::get_if<RowsTransaction>(&call))
        return sql_bytes(call, statements->charset, document);
    if (const auto* drop = std::get_if<FileDrop>(&call)) return drop_bytes(*drop, document);
    return LegacyBytes{};
}

std::optional<Result<LegacyAnswer>> read_legacy(const Plan& plan, const std::string& path, DocumentFile& file,
                                                Diagnostics& diagnostics) {
    const LegacyCall& call = plan.call();
    if (source_format(path) != SourceFormat::none) {
        read_document(path, file, diagnostics);
        if (!file.value) return std::nullopt;
        if (std::holds_alternative<ContractCall>(call) || std::holds_alternative<StoreQuery>(call))
            return answer_of(*file.value);
        if (const auto* api = std::get_if<ApiCall>(&call)) return api_answer(plan, *api, *file.value, file.arena);
        if (const auto* query = rows_answered(call)) return rows_of(*query, *file.value, file.arena);
        Builder builder(file.arena);
        put_texts(*file.value, builder);
        return answer_of(builder.take());
    }
    auto bytes = read_bytes(path, diagnostics);
    if (!bytes) return std::nullopt;
    file.text = std::move(*bytes);
    if (const auto* drop = std::get_if<FileDrop>(&call)) {
        LegacyAnswer answer;
        answer.file = std::make_unique<FileReading>(drop->format->read(file.text));
        return answer;
    }
    if (const auto* soap = std::get_if<SoapCall>(&call)) return envelope(*soap, file.text, file.arena);
    diagnostics.error({path, 0, 0}, "this mapping's format has no bytes that are read",
                      "give its document as JSON or YAML");
    return std::nullopt;
}

std::string shown_bytes(const LegacyBytes& bytes) {
    std::string out;
    const auto* charset = Charset::find(bytes.charset);
    const auto* page = charset ? nullptr : CodePage::find(bytes.charset);  // EBCDIC
    auto bad = charset ? charset->decode(bytes.bytes, out) : page ? page->decode(bytes.bytes, out) : 0;
    return bad == std::string_view::npos ? out : bytes.bytes;
}

}  // namespace headgate::cli
