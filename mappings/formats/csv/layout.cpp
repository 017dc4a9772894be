#include "mappings/formats/csv/layout.hpp"

#include "contracts/document/fields.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/rows/columns.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_columns = 1000;

class LayoutReader {
  public:
    LayoutReader(const SourceFile& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

    void read(CsvLayout& out) {
        Fields fields(file_, file_.root(), "layout", diagnostics_);
        if (fields.required_text("layout") != "csv") fields.fault("layout", "must be csv");
        out.header = static_cast<CsvLayout::Header>(fields.word("header", {"required", "optional", "none"}, 0));
        character(fields, "separator", out.separator);
        character(fields, "quote", out.quote);
        character(fields, "decimal-mark", out.decimal_mark);
        if (out.separator == out.quote) fields.fault("quote", "is the separator too");
        out.crlf = fields.word("line-end", {"crlf", "lf"}, 0) == 0;
        out.quote_all = fields.word("quoting", {"needed", "all"}, 0) == 1;
        if (const SourceNode* columns = fields.node("columns"))
            read_columns(*columns, out.shape);
        else
            fields.fault("columns", "is missing", "columns: { sku: char(18), onHand: int }");
        auto tolerated = fields.words("tolerate", {"bom", out.crlf ? "lf" : "crlf", "blank-lines"});
        out.tolerates_bom = tolerated[0];
        out.tolerates_other_line_end = tolerated[1];
        out.tolerates_blank_lines = tolerated[2];
        if (out.tolerates_blank_lines && out.shape.children.size() == 1)
            fields.fault("tolerate", "can't hold blank-lines: a blank line is a record of this single column");
        fields.finish();
    }

  private:
    void character(Fields& fields, std::string_view key, char& into) {
        std::string text = fields.text(key, std::string_view(&into, 1));
        bool plain = text.size() == 1 && text[0] > 0 && text[0] < 0x7F && text[0] != '\r' && text[0] != '\n';
        if (!plain || std::isalnum(static_cast<unsigned char>(text[0])) || text[0] == '-')
            fields.fault(key, "must be one ASCII character, no letter, digit, '-' or line end");
        else
            into = text[0];
    }

    void read_columns(const SourceNode& node, LegacyNode& record) {
        record.repeated = true;
        if (!node.is_mapping() || node.entries.empty() || node.entries.size() > most_columns)
            return diagnostics_.error(file_.mark(node),
                                      "1 to " + std::to_string(most_columns) + " columns are expected here",
                                      "columns: { sku: char(18), onHand: int }");
        for (const auto& entry : node.entries) {
            std::string problem;
            auto column = parse_column(entry.key, entry.value.text, problem);
            if (entry.key.empty()) problem = "a column needs a name";
            if (!problem.empty())
                diagnostics_.error(file_.mark(entry), problem,
                                   "char(n) varchar(n) text int decimal(p,s) date timestamp, ? where it may be empty");
            else
                record.children.push_back(std::move(*column));
        }
    }

    const SourceFile& file_;
    Diagnostics& diagnostics_;
};

}  // namespace

std::shared_ptr<const CsvLayout> csv_layout(const SourceFile& file, Diagnostics& diagnostics) {
    Diagnostics own;
    auto layout = std::make_shared<CsvLayout>();
    layout->path = file.path;
    if (file.root().is_mapping())
        LayoutReader(file, own).read(*layout);
    else
        own.error(file.mark(file.root()), "a layout is a mapping", "layout: csv");
    diagnostics.add(own);
    return own.has_errors() ? nullptr : layout;
}

std::shared_ptr<const CsvLayout> load_csv_layout(const std::string& path, Diagnostics& diagnostics) {
    auto file = read_source(path, diagnostics);
    return file ? csv_layout(*file, diagnostics) : nullptr;
}

}  // namespace headgate
