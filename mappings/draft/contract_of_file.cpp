// Contracts of what is no service: a table is asked for the rows of some keys, a file is dropped for whoever reads it.
#include <algorithm>
#include <cctype>
#include <regex>

#include "base/ascii.hpp"
#include "mappings/draft/contract_document.hpp"
#include "mappings/draft/contract_draft.hpp"
#include "mappings/draft/draft_header.hpp"
#include "mappings/draft/schema_draft.hpp"
#include "mappings/formats/rows/named_sql.hpp"

namespace headgate::mappings {

namespace {

constexpr const char* most_keys = "100";

struct Question {
    std::string name;
    const LegacyNode* column = nullptr;  // what it is compared with; nullptr: unknown
    bool list = false;
};

const LegacyNode* column_of(const LegacyNode& columns, const std::string& name) {
    return columns.child(to_upper(name));
}

// What is asked for. A given statement says it by its parameters, `REF IN (:refs)`; else it is the first column that is
// always there, and `unsure` tells so.
std::vector<Question> questions_of(const DraftHeader& header, std::string& unsure) {
    std::vector<Question> out;
    if (header.sql.empty()) {
        const auto& columns = header.shape.children;
        auto key = std::find_if(columns.begin(), columns.end(), [](const auto& c) { return !c.nillable; });
        if (key == columns.end()) key = columns.begin();
        unsure += "# unsure: " + to_lower(key->name) + " is what is asked for; it is the first column.\n";
        return {{to_lower(key->name), &*key, true}};
    }
    for (const auto& name : parse_named_sql(header.sql).parameters) {
        if (std::any_of(out.begin(), out.end(), [&](const auto& q) { return q.name == name; })) continue;
        std::smatch found;
        std::regex compared("(\\w+)\\s*(=|<=|>=|<|>|\\bLIKE\\b|\\bIN\\b)\\s*(\\(?)\\s*:" + name + "\\b",
                            std::regex::icase);
        Question question{name};
        if (std::regex_search(header.sql, found, compared)) {
            question.column = column_of(header.shape, found[1]);
            question.list = found[3].length() > 0;
        }
        if (!question.column)
            unsure += "# unsure: the type of " + name + ", which is compared with no column of the answer.\n";
        out.push_back(std::move(question));
    }
    return out;
}

SourceNode parameter_of(const Question& question) {
    SourceNode schema = question.column ? schema_of(*question.column) : object_node({{"type", text_node("string")}});
    if (question.list)
        schema = object_node({{"type", text_node("array")},
                              {"minItems", word_node("1")},
                              {"maxItems", word_node(most_keys)},
                              {"items", std::move(schema)}});
    SourceNode out =
        object_node({{"name", text_node(question.name)}, {"in", text_node("query")}, {"required", word_node("true")}});
    if (question.list) {
        member(out, "style", text_node("form"));
        member(out, "explode", word_node("false"));
    }
    member(out, "schema", std::move(schema));
    return out;
}

// findStock, sendStockReport, send940
std::string operation_id(std::string out, std::string_view what) {
    bool begins = true;
    for (char c : what) {
        bool letter = std::isalnum(static_cast<unsigned char>(c));
        if (letter) out += begins ? to_upper(c) : c;
        begins = !letter;
    }
    return out;
}

// Columns shout; members of a contract don't.
LegacyNode answer_of(const LegacyNode& columns) {
    LegacyNode row = columns;
    row.name = "rows";
    row.repeated = row.optional = true;
    for (auto& column : row.children) column.name = to_lower(column.name);
    LegacyNode out;
    out.children.push_back(std::move(row));
    return out;
}

std::string table_contract(const DraftHeader& header, const FileContract& file, std::string unsure) {
    ContractDocument out(file.name, header.system);
    SourceNode parameters = list_node();
    for (const auto& question : questions_of(header, unsure)) parameters.items.push_back(parameter_of(question));
    SourceNode call = object_node({{"summary", text_node("Rows of " + header.system)}});
    if (!parameters.items.empty()) member(call, "parameters", std::move(parameters));
    auto id = file.operation.empty() ? operation_id("find", header.system) : file.operation;
    SourceNode answer = object_node({{"description", text_node("The rows that there are.")}});
    member(answer, "content", out.json(answer_of(header.shape), header.system + "Rows"));
    out.operation("get", id, std::move(call), std::move(answer));
    return out.text(
        file.path,
        unsure + "# say what each field means, and which field tells the rows apart: x-compare: { key: ... }.\n");
}

std::string drop_contract(const DraftHeader& header, const FileContract& file) {
    ContractDocument out(file.name, header.call);
    auto id = file.operation.empty() ? operation_id("send", header.call) : file.operation;
    SourceNode call = object_node({{"summary", text_node("Drops " + header.call + " as a file")}});
    member(call, "requestBody",
           object_node({{"required", word_node("true")}, {"content", out.json(header.shape, header.call + "File")}}));
    out.operation("post", id, std::move(call), object_node({{"description", text_node("The file lies there.")}}));
    return out.text(file.path,
                    "# and say what each field means. What must not be sent twice is captured: see routes in the "
                    "configuration.\n");
}

}  // namespace

std::optional<std::string> draft_contract(const FileContract& wanted, Diagnostics& diagnostics) {
    auto header = draft_header({{}, wanted.path, {}, {}}, true, diagnostics);
    if (!header || diagnostics.has_errors()) return std::nullopt;
    auto file = wanted;
    if (file.name.empty())
        file.name = contract_name_of(header->kind == LegacyKind::query ? header->system : header->call);
    std::string unsure;
    return header->kind == LegacyKind::query ? table_contract(*header, file, unsure) : drop_contract(*header, file);
}

}  // namespace headgate::mappings
