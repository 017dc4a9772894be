#include "mappings/formats/x12/error_codes.hpp"

#include <algorithm>

namespace headgate::x12 {

using edi::Fault;
using edi::Finding;

std::string_view segment_code(const Finding& finding) {
    switch (finding.fault) {
        case Fault::segment_unknown: {
            bool an_id = finding.place.id.size() < 4 &&
                         std::all_of(finding.place.id.begin(), finding.place.id.end(),
                                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
            return an_id ? "6" : "1";  // not in this set; no id at all
        }
        case Fault::segment_missing: return "3";
        case Fault::loop_too_often: return "4";
        case Fault::segment_too_often: return "5";
        case Fault::segment_misplaced: return "7";
        case Fault::segment_unexpected: return "2";
        default: return "8";  // it has errors in its elements
    }
}

std::string_view element_code(const Finding& finding, bool later) {
    switch (finding.fault) {
        case Fault::element_missing: return "1";
        case Fault::companion_missing: return "2";
        case Fault::too_many_components: return later ? "13" : "3";
        case Fault::too_many_repetitions: return later ? "12" : "3";
        case Fault::too_short: return "4";
        case Fault::too_long: return "5";
        case Fault::bad_character:
        case Fault::bad_number: return "6";
        case Fault::bad_code:
        case Fault::bad_parent: return "7";
        case Fault::bad_date: return "8";
        case Fault::bad_time: return "9";
        default: return "3";  // too many elements
    }
}

std::string_view set_code(const Finding& finding) {
    switch (finding.fault) {
        case Fault::unsupported:
        case Fault::unsupported_version: return "1";
        case Fault::trailer_missing: return "2";
        case Fault::control_mismatch: return "3";
        case Fault::count_mismatch: return "4";
        case Fault::other_group:
        case Fault::bad_header: return "6";
        case Fault::bad_control: return "7";
        case Fault::control_taken: return "23";
        default: return "5";  // segments in error
    }
}

std::string_view group_code(const Finding& finding) {
    switch (finding.fault) {
        case Fault::unsupported_version: return "2";
        case Fault::trailer_missing: return "3";
        case Fault::control_mismatch: return "4";
        case Fault::count_mismatch: return "5";
        case Fault::bad_control: return "6";
        case Fault::control_taken: return "19";
        default: return "";
    }
}

std::string_view interchange_code(const Finding& finding) {
    switch (finding.fault) {
        case Fault::control_mismatch: return "001";
        case Fault::bad_date: return "014";
        case Fault::bad_time: return "015";
        case Fault::bad_control: return "018";
        case Fault::count_mismatch: return "021";
        case Fault::cut_off: return "023";
        case Fault::structure: return "022";
        case Fault::bad_bytes: return "004";
        case Fault::bad_header:
            switch (finding.place.element) {
                case 6: return "006";
                case 8: return "008";
                case 12: return "017";
                case 15: return "020";
                default: return "024";
            }
        default: return "024";  // invalid content
    }
}

}  // namespace headgate::x12
