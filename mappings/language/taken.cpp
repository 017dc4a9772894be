// `reply: { as: storefront.readCart }`: what another mapping of the file says already.
#include <set>

#include "mappings/language/reader.hpp"

namespace headgate::mappings {

const SourceNode* taken_from(const SourceNode* node) { return node && node->is_mapping() ? node->find("as") : nullptr; }

const Mapping* find_earlier(const Reader& read, const SourceNode& as, const std::vector<Mapping>& before) {
    std::vector<std::string> names;
    for (const auto& one : before) {
        names.push_back(one.system + "." + one.call);
        if (as.is_scalar() && names.back() == as.text) return &one;
    }
    auto near = nearest(as.text, {names.begin(), names.end()});
    read.fault(as, "no mapping before this one in the file is '" + as.text + "'",
               near.empty() ? "as: storefront.readCart" : "did you mean '" + near + "'?");
    return nullptr;
}

namespace {

void tables_of(const std::vector<Rule>& rules, std::set<std::string>& out) {
    for (const auto& rule : rules) {
        for (const auto& codec : rule.codecs)
            if (codec.name == "table" && !codec.arguments.empty()) out.insert(codec.arguments[0].text);
        tables_of(rule.rules, out);
    }
}

}  // namespace

void take_from_others(const Reader& read, const SourceNode& document, const std::vector<Mapping>& before,
                      Mapping& out) {
    for (std::string_view name : {"request", "in", "reply", "out"}) {
        const auto* node = document.find(name);
        const auto* as = taken_from(node);
        if (!as || !read.keys(*node, name, {"as"})) continue;
        const auto* other = find_earlier(read, *as, before);
        if (!other) continue;
        bool request = name == "request" || name == "in";
        (request ? out.request : out.reply) = request ? other->request : other->reply;
        std::set<std::string> tables;
        tables_of((request ? out.request : out.reply).rules, tables);
        for (const auto& table : tables)
            if (auto found = other->tables.find(table); found != other->tables.end()) out.tables.insert(*found);
    }
}

}  // namespace headgate::mappings
