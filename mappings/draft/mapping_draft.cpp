#include "mappings/draft/mapping_draft.hpp"

#include <algorithm>

#include "mappings/draft/draft_text.hpp"
#include "mappings/draft/query_draft.hpp"
#include "mappings/formats/soap/wsdl.hpp"
#include "mappings/plan/compiled_plan.hpp"
#include "mappings/plan/message_shape.hpp"

namespace headgate::mappings {

namespace {

// The messages of an operation, or of a component that is carried on.
struct Messages {
    std::unique_ptr<const Shape> owned;
    const Shape* request = nullptr;
    const Shape* reply = nullptr;  // nullptr: a step's answer, or none
    bool operation = false;
};

std::optional<Messages> messages_of(const DraftRequest& request, const Registry& contracts, Diagnostics& diagnostics) {
    Messages out;
    auto slash = request.contract.find('/');
    if (const auto* operation = contracts.find(request.contract)) {
        out.operation = true;
        out.owned = request_shape(*operation);
        out.request = out.owned.get();
        if (const auto* answer = operation->response_schema(operation->success_status)) out.reply = &answer->shape();
        return out;
    }
    const auto* component = slash == std::string::npos ? nullptr
                                                       : contracts.find_schema(request.contract.substr(0, slash),
                                                                               request.contract.substr(slash + 1));
    if (component) {
        out.request = &component->shape();
        return out;
    }
    std::vector<std::string_view> names;
    for (const auto& operation : contracts.operations()) names.push_back(operation->name);
    auto near = nearest(request.contract, names);
    diagnostics.error({request.contract, 0, 0}, "no contract has this operation or component",
                      near.empty() ? "--contracts DIR" : "did you mean '" + near + "'?");
    return std::nullopt;
}

std::vector<Mapping> parsed(const std::string& path, const std::string& text, Diagnostics& diagnostics) {
    auto file = parse_source(path, text, diagnostics);
    return file ? parse_mappings(file, diagnostics) : std::vector<Mapping>();
}

// The codec that the load check advises: `text(3)` of "add text(3): longer ones are refused".
std::string advised(const Diagnostic& fault) {
    for (std::string_view codec : {"text(", "at-most("})
        if (fault.hint.starts_with("add " + std::string(codec))) return fault.hint.substr(4, fault.hint.find(')') - 3);
    return {};
}

// Takes the load check's advice; puts each rule that does not fit all the same behind '#', until all that are left fit.
void check_rules(DraftParts& parts, const std::string& path, const Registry& contracts) {
    for (bool changed = true; changed;) {
        changed = false;
        DraftText text(parts);
        Diagnostics faults;
        for (const auto& mapping : parsed(path, text.take(), faults)) CompiledPlan::compile(mapping, contracts, faults);
        for (const auto& fault : faults.all()) {
            if (!fault.error) continue;
            if (auto* of_key = text.key_at(fault.mark.line)) {
                changed = changed || !of_key->key.empty();
                of_key->key.clear();
            } else if (auto* rule = text.rule_at(fault.mark.line); rule && rule->fault.empty()) {
                auto codec = advised(fault);
                if (!codec.empty() && !rule->text.ends_with(codec))
                    rule->text += " | " + codec;
                else
                    rule->fault = fault.message + (fault.hint.empty() ? "" : " (" + fault.hint + ")");
                changed = true;
            }
        }
    }
}

void count(const std::vector<DraftRule>& rules, MappingDraft& out) {
    for (const auto& rule : rules) {
        if (rule.kind != DraftRule::Kind::each) ++(rule.fault.empty() ? out.rules : out.unfit);
        if (rule.fault.empty() && !rule.note.empty()) ++out.unsure;
        count(rule.rules, out);
    }
}

void add_fault_fields(const DraftRequest& request, DraftParts& parts) {
    Diagnostics ignored;
    auto wsdl = load_wsdl(request.legacy.substr(0, request.legacy.rfind('#')), ignored);
    const auto* operation = wsdl ? wsdl->find(parts.header.call) : nullptr;
    if (!operation) return;
    for (const auto& fault : operation->faults)
        for (const auto& field : fields_of(fault).values) parts.fault_fields.push_back(fault.name + "/" + field.path());
}

}  // namespace

std::optional<MappingDraft> draft_mapping(const DraftRequest& request, const Registry& contracts,
                                          Diagnostics& diagnostics) {
    auto messages = messages_of(request, contracts, diagnostics);
    if (!messages) return std::nullopt;
    DraftParts parts;
    parts.contract = request.contract;
    auto header = draft_header(request, messages->reply != nullptr, diagnostics);
    if (!header || diagnostics.has_errors()) return std::nullopt;
    parts.header = std::move(*header);
    auto path = request.folder + "/draft.map.yaml";
    // The head alone opens the legacy side, whatever its format.
    auto given = parts.header.sql;
    if (parts.header.kind == LegacyKind::query && given.empty()) parts.header.sql = "SELECT 1";
    auto heads = parsed(path, DraftText(parts).take(), diagnostics);
    parts.header.sql = given;
    auto side = heads.empty() ? nullptr : open_legacy_side(heads[0], contracts, diagnostics);
    if (!side) return std::nullopt;

    const auto& kind = parts.header.kind;
    bool file = kind == LegacyKind::file;  // one section says both directions
    bool both = kind == LegacyKind::soap || kind == LegacyKind::api || (file && parts.header.sign == "<->");
    SectionSetting writes{kind, true, both ? "<->" : "->", parts.header.fixed};
    SectionSetting reads{kind, false, "<-", parts.header.fixed};
    if (side->rows)
        parts.request = draft_question(messages->request, *side->reply, parts.header);
    else if (side->request)
        parts.request = draft_section(*messages->request, *side->request, writes, parts.tables);
    if (side->rows && messages->reply)
        parts.reply = draft_rows(*messages->reply, *side->reply, reads, parts.tables);
    else if (side->reply && messages->reply && !file)
        parts.reply = draft_section(*messages->reply, *side->reply, reads, parts.tables);
    else if (side->reply && !messages->operation && !file)
        parts.reply = draft_step(*side->reply, parts.header.system, parts.tables);
    parts.request.needed = side->request != nullptr;
    parts.reply.needed = side->reply && messages->reply && !file;
    if (kind == LegacyKind::soap) add_fault_fields(request, parts);
    check_rules(parts, path, contracts);

    MappingDraft out;
    count(parts.request.rules, out);
    count(parts.reply.rules, out);
    out.gaps = static_cast<int>(parts.request.gaps.size() + parts.reply.gaps.size());
    out.yaml = DraftText(parts).take();
    return out;
}

}  // namespace headgate::mappings
