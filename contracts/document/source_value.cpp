#include "contracts/document/source_value.hpp"

#include "contracts/document/number.hpp"

namespace headgate {
namespace {

void append(const SourceNode& node, Builder& builder) {
    switch (node.kind) {
        case SourceKind::null: builder.null(); break;
        case SourceKind::scalar: {
            std::string_view text = builder.arena().copy(node.text);
            if (!node.quoted && (text == "true" || text == "false"))
                builder.boolean(text == "true");
            else if (!node.quoted && is_json_number(text))
                builder.number(text);
            else
                builder.string(text);
            break;
        }
        case SourceKind::sequence:
            builder.begin_array();
            for (const auto& item : node.items) append(item, builder);
            builder.end_array();
            break;
        case SourceKind::mapping:
            builder.begin_object();
            for (const auto& entry : node.entries) {
                builder.key(entry.key.empty() ? std::string_view("", 0) : builder.arena().copy(entry.key));
                append(entry.value, builder);
            }
            builder.end_object();
            break;
    }
}

}  // namespace

Value to_value(const SourceNode& node, Builder& builder) {
    append(node, builder);
    return builder.take();
}

}  // namespace headgate
