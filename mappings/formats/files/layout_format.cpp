#include "mappings/formats/files/layout_format.hpp"

#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/charset/code_page.hpp"
#include "mappings/formats/files/csv_format.hpp"
#include "mappings/formats/files/fixed_width_format.hpp"

namespace headgate {
namespace {

template <class Layout>
bool take(Layout& layout, const std::vector<FileTolerance>& tolerances, LayoutProblem& problem) {
    for (std::size_t i = 0; i < tolerances.size(); ++i) {
        if (set_tolerance(layout, tolerances[i].word, tolerances[i].tolerated)) continue;
        problem = {LayoutProblem::Of::tolerance, i,
                   "the reader of this layout's files knows no '" + tolerances[i].word + "'",
                   word_hint(tolerances[i].word, tolerance_words(layout))};
        return false;
    }
    return true;
}

}  // namespace

std::string word_hint(std::string_view word, const std::vector<std::string_view>& known) {
    if (auto near = nearest(word, known); !near.empty()) return "did you mean '" + near + "'?";
    std::string all;
    for (auto one : known) all += (all.empty() ? "" : ", ") + std::string(one);
    return all;
}

std::shared_ptr<const FileFormat> layout_format(const SourceFile& file, const std::string& charset,
                                                const std::vector<FileTolerance>& tolerances, LayoutProblem& problem,
                                                Diagnostics& diagnostics) {
    const SourceNode* kind = file.root().is_mapping() ? file.root().find("layout") : nullptr;
    if (kind && kind->is_scalar() && kind->text == "csv") {
        auto layout = csv_layout(file, diagnostics);
        const auto* set = Charset::find(charset);
        if (!set)
            problem = {LayoutProblem::Of::charset, 0, "CSV is not read in '" + charset + "'", "UTF-8, ISO-8859-15"};
        if (!layout || !set) return nullptr;
        if (!take(*layout, tolerances, problem)) return nullptr;
        return csv_format(std::move(layout), *set);
    }
    if (kind && kind->is_scalar() && kind->text == "fixed-width") {
        auto layout = fixed_width_layout(file, diagnostics);
        const auto* page = CodePage::find(charset);
        if (!page)
            problem = {LayoutProblem::Of::charset, 0,
                       "fixed-width records need a charset of one byte a character, not '" + charset + "'",
                       "charset: CP037, IBM1141, ISO-8859-15"};
        if (!layout || !page) return nullptr;
        if (!take(*layout, tolerances, problem)) return nullptr;
        return fixed_width_format(std::move(layout), *page);
    }
    diagnostics.error(file.mark(kind ? *kind : file.root()),
                      kind ? "a layout is csv or fixed-width" : "a layout begins with layout:", "layout: csv");
    return nullptr;
}

}  // namespace headgate
