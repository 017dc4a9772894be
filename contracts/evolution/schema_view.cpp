#include "contracts/evolution/schema_view.hpp"

#include "contracts/evolution/conjunction.hpp"
#include "contracts/evolution/view_builder.hpp"

namespace headgate::evolution {

std::string types::text(Types set) {
    if (set == all) return "anything";
    if (set == 0) return "nothing";
    std::string out;
    auto add = [&](const char* word) { out += (out.empty() ? "" : " or ") + std::string(word); };
    if ((set & integer) && (set & fraction))
        add("number");
    else if (set & integer)
        add("integer");
    else if (set & fraction)
        add("fraction");
    if (set & string) add("string");
    if (set & boolean) add("boolean");
    if (set & array) add("array");
    if (set & object) add("object");
    if (set & null) add("null");
    return out;
}

SchemaView view_of(ApiFiles& files, const Conjunction& schemas, Budget& budget) {
    SchemaView view;
    Parts parts = take_apart(files, schemas, budget);
    ViewBuilder builder(files, view, parts, budget);
    for (Place part : parts.schemas) builder.add(part);
    builder.finish();
    return view;
}

}  // namespace headgate::evolution
