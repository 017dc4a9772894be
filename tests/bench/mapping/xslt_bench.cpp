// A peer of `./dev bench mapping`: libxslt with an equivalent stylesheet, in the same steps as headgate-mapping-bench.
//   headgate-xslt-bench STYLESHEET print FILE          what is made of the message
//   headgate-xslt-bench STYLESHEET run FILE SECONDS    nanoseconds: read, map, write
#include <libxml/parser.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#include <iostream>
#include <memory>

#include "tests/bench/stopwatch.hpp"

namespace {

using Doc = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

Doc read(const std::string& bytes) {
    return {xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, XML_PARSE_NONET), xmlFreeDoc};
}

Doc map(xsltStylesheet& stylesheet, const Doc& read) {
    return {xsltApplyStylesheet(&stylesheet, read.get(), nullptr), xmlFreeDoc};
}

std::string write(xsltStylesheet& stylesheet, const Doc& made) {
    xmlChar* text = nullptr;
    int size = 0;
    xsltSaveResultToString(&text, &size, made.get(), &stylesheet);
    std::string out(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    xmlFree(text);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 3 || (words.size() == 3) != (words[1] == "print"))
        return std::cerr << "usage: headgate-xslt-bench STYLESHEET print FILE | run FILE SECONDS\n", 2;
    auto* stylesheet = xsltParseStylesheetFile(reinterpret_cast<const xmlChar*>(words[0].c_str()));
    const std::string bytes = headgate::bench::content(words[2]);
    Doc input = read(bytes);
    Doc made = stylesheet && input ? map(*stylesheet, input) : Doc(nullptr, xmlFreeDoc);
    if (!made) return std::cerr << "nothing came out of it\n", 1;
    if (words[1] == "print") {
        std::cout << write(*stylesheet, made);
    } else {
        const double seconds = std::stod(words[3]) / 3;
        std::cout << headgate::bench::median_ns(seconds, [&] { read(bytes); }) << " "
                  << headgate::bench::median_ns(seconds, [&] { map(*stylesheet, input); }) << " "
                  << headgate::bench::median_ns(seconds, [&] { write(*stylesheet, made); }) << "\n";
    }
    made.reset();
    xsltFreeStylesheet(stylesheet);
    return 0;
}
