// The `page:` block: how a system gives a list in parts.
#include "mappings/language/reader.hpp"

namespace headgate::mappings {

namespace {

constexpr std::size_t most_items = 500, most_rows = 1000;

bool parse_key(const Reader& read, const SourceNode& node, Page& out) {
    const auto* key = node.find("key");
    if (!key || !key->is_sequence() || key->items.empty()) {
        read.fault(key ? *key : node, "pages by key need the items' members in whose order the list is",
                   "page: { by: key, key: [sku] }");
        return false;
    }
    for (const auto& item : key->items) {
        auto same = [&](const auto& other) { return other.first == item.text; };
        if (!item.is_scalar() || item.text.empty())
            return read.fault(item, "'key' is a list of members of the items"), false;
        if (std::any_of(out.key.begin(), out.key.end(), same))
            return read.fault(item, "'" + item.text + "' stands in the key twice"), false;
        out.key.emplace_back(item.text, read.file.mark(item));
    }
    return true;
}

void parse_rows(const Reader& read, const SourceNode& node, Page& out) {
    const auto* rows = node.find("rows");
    if (!rows) return;
    out.rows_mark = read.file.mark(*rows);
    if (rows->is_scalar() && rows->text == "all")
        out.rows = 0;
    else if (auto most = read.count(node, "rows", most_rows); most && *most > 0)
        out.rows = most;
    else if (most || !rows->is_scalar())
        read.fault(*rows, "'rows' is the most rows that one item has, or all: the query takes each item whole");
}

}  // namespace

std::optional<Page> parse_page(const Reader& read, const SourceNode& node) {
    Page page;
    page.mark = read.file.mark(node);
    if (!node.is_mapping()) {
        read.fault(node, "'page' says how the system gives a list in parts", "page: { by: number, at-most: 50 }");
        return std::nullopt;
    }
    SourceMark mark = page.mark;
    auto by = read.text(node, "by", &mark);
    if (by != "number" && by != "key") {
        read.diagnostics.error(mark, by.empty() ? "'page' needs by:" : "unknown choice '" + by + "' for page.by",
                               "by: number, or by: key");
        return std::nullopt;
    }
    page.by = by == "key" ? Page::By::key : Page::By::number;
    bool good = page.by == Page::By::key ? read.keys(node, "page by key", {"by", "at-most", "key", "rows"})
                                         : read.keys(node, "page by number", {"by", "at-most", "first"});
    page.at_most = read.count(node, "at-most", most_items).value_or(0);
    if (const auto* most = node.find("at-most"); most && most->text == "0")
        read.fault(*most, "a page has one item at least"), good = false;
    if (auto first = read.count(node, "first", 1)) page.first = *first;
    if (page.by == Page::By::key) {
        good = parse_key(read, node, page) && good;
        parse_rows(read, node, page);
    }
    return good ? std::optional(std::move(page)) : std::nullopt;
}

}  // namespace headgate::mappings
