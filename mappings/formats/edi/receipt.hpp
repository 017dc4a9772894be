// Receipt: the account of what was received, level by level, with everything that was found; what acknowledgements
// (997, CONTRL) are written from, and what says whether a document may be used.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/edi/findings.hpp"
#include "mappings/formats/edi/guide.hpp"

namespace headgate::edi {

struct MessageReceipt {
    std::string type, version, control;  // 850, 4010, 0001; ORDERS, D96A, 1
    std::string agency, association;     // EDIFACT: UN, EAN008
    Place place;                         // of its header
    std::uint32_t segments = 0;          // header and trailer included
    std::vector<Finding> findings;
    bool accepted() const { return !refuses(findings); }
};

struct GroupReceipt {
    bool stated = true;         // false: EDIFACT without UNG
    std::string type, version;  // GS01, GS08; 0038 and S008
    std::string agency;         // GS07; 0051
    std::string sender, receiver, date, time, control;
    Place place;
    std::string declared;  // GE01, UNE 01
    std::vector<MessageReceipt> messages;
    std::vector<Finding> findings;
    bool accepted() const { return !refuses(findings); }  // the group itself, whatever its messages are
};

struct Party {
    std::string id, qualifier;
};

struct InterchangeReceipt {
    Party sender, receiver;
    std::string date, time, control;
    std::string syntax, syntax_version;  // ISA12: 00401; UNOC, 3
    Separators separators;
    bool test = false;
    bool acknowledgement_wanted = false;  // ISA14 (TA1), UNB 0031
    Place place;
    std::vector<GroupReceipt> groups;
    std::vector<Finding> findings;
    bool accepted() const { return !refuses(findings); }
};

struct Receipt {
    Dialect dialect = Dialect::x12;
    std::vector<InterchangeReceipt> interchanges;
    std::vector<Finding> findings;  // outside of any interchange
    Drift drift;

    // The first thing that anything is refused for, in the file's order; nothing: all of it is accepted.
    const Finding* first_refusal() const;
    // Each finding, of what is around before what is in it.
    template <class Look>
    void each_finding(Look look) const {
        auto all = [&](const std::vector<Finding>& of) {
            for (const Finding& finding : of) look(finding);
        };
        all(findings);
        for (const InterchangeReceipt& interchange : interchanges) {
            all(interchange.findings);
            for (const GroupReceipt& group : interchange.groups) {
                all(group.findings);
                for (const MessageReceipt& message : group.messages) all(message.findings);
            }
        }
    }
    bool accepted() const { return !first_refusal(); }
};

// A message that was in order when its trailer was read. Whether its group and interchange are is known at their ends:
// who must not take part of what is refused as a whole keeps it until then and asks `stands`.
struct Message {
    std::size_t interchange = 0, group = 0, message = 0;  // where it stands in the receipt
    std::shared_ptr<const Guide> guide;                   // the document borrows its keys
    std::unique_ptr<Arena> arena;                         // and lives here
    Value document;
};
bool stands(const Receipt& receipt, const Message& message);

}  // namespace headgate::edi
