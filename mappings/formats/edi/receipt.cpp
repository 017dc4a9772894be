#include "mappings/formats/edi/receipt.hpp"

namespace headgate::edi {

const Finding* Receipt::first_refusal() const {
    const Finding* first = nullptr;
    auto look = [&](const std::vector<Finding>& list) {
        for (const Finding& finding : list) {
            if (finding.tolerated) continue;
            if (!first || finding.place.segment < first->place.segment ||
                (finding.place.segment == first->place.segment && finding.place.offset < first->place.offset))
                first = &finding;
        }
    };
    look(findings);
    for (const InterchangeReceipt& interchange : interchanges) {
        look(interchange.findings);
        for (const GroupReceipt& group : interchange.groups) {
            look(group.findings);
            for (const MessageReceipt& message : group.messages) look(message.findings);
        }
    }
    return first;
}

bool stands(const Receipt& receipt, const Message& message) {
    if (message.interchange >= receipt.interchanges.size()) return false;
    const InterchangeReceipt& interchange = receipt.interchanges[message.interchange];
    return interchange.accepted() && interchange.groups[message.group].accepted() &&
           interchange.groups[message.group].messages[message.message].accepted();
}

}  // namespace headgate::edi
