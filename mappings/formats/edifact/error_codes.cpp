#include "mappings/formats/edifact/error_codes.hpp"

namespace headgate::edifact {

using edi::Fault;

std::string_view syntax_error(const edi::Finding& finding) {
    switch (finding.fault) {
        case Fault::bad_code:
        case Fault::bad_date:
        case Fault::bad_time:
        case Fault::bad_parent:
        case Fault::bad_control:
        case Fault::bad_header: return "12";  // invalid value
        case Fault::element_missing:
        case Fault::companion_missing:
        case Fault::segment_missing:
        case Fault::trailer_missing:
        case Fault::cut_off: return "13";  // missing
        case Fault::segment_unknown:
        case Fault::segment_unexpected:
        case Fault::segment_misplaced: return "15";  // not supported in this position
        case Fault::too_many_elements:
        case Fault::too_many_components: return "16";  // too many constituents
        case Fault::unsupported_version: return "17";  // no agreement
        case Fault::unsupported: return finding.level == edi::Level::interchange ? "2" : "17";
        case Fault::bad_bytes: return "20";      // character invalid as service character
        case Fault::bad_character: return "21";  // invalid character
        case Fault::control_taken: return "26";  // duplicate detected
        case Fault::control_mismatch: return "28";
        case Fault::count_mismatch: return "29";
        case Fault::other_group: return "31";  // more than one message type in group
        case Fault::structure: return "33";    // invalid occurrence outside of a message or group
        case Fault::too_many_repetitions:
        case Fault::segment_too_often: return "35";
        case Fault::loop_too_often: return "36";
        case Fault::bad_number: return "37";  // invalid type of characters
        case Fault::too_long: return "39";
        case Fault::too_short: return "40";
        case Fault::too_large: return "18";
    }
    return "18";
}

}  // namespace headgate::edifact
