// A layout's file as a format: the layout itself says whether its files are CSV or fixed-width records.
#pragma once

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/file_format.hpp"

namespace headgate {

// `charset` and what is said of tolerances are the mapping's. A word that the format's reader does not know, and a
// charset that it can't read, come back in `problem` with its `hint`. nullptr after diagnostics, or a problem.
struct LayoutProblem {
    enum class Of : std::uint8_t { none, charset, tolerance } of = Of::none;
    std::size_t tolerance = 0;  // which
    std::string message, hint;
};
std::shared_ptr<const FileFormat> layout_format(const SourceFile& layout, const std::string& charset,
                                                const std::vector<FileTolerance>& tolerances, LayoutProblem& problem,
                                                Diagnostics& diagnostics);

// A word that none of `known` is: 'did you mean ...', or all of them.
std::string word_hint(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace headgate
