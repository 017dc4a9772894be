// Puts an error together: the contract's pointer and the legacy location grow with each scope on the way in.
#include "mappings/plan/run/failure.hpp"

#include "mappings/plan/run/row_groups.hpp"

namespace headgate::mappings {

void places(const Frame& frame, std::string& pointer, std::string& legacy) {
    if (frame.parent) places(*frame.parent, pointer, legacy);
    if (!frame.list) return;
    const Outlet& list = *frame.list;
    auto number = std::to_string(frame.index + 1);
    pointer += list.contract + "/" + std::to_string(frame.index);
    switch (list.items) {
        case Outlet::Items::slot: legacy += list.legacy + "[" + number + "]/"; break;
        case Outlet::Items::rows: {
            const auto* around = frame.parent ? frame.parent->list : nullptr;  // over rows, too: this is the same row
            if (!around || around->items != Outlet::Items::rows) legacy += "row " + number + ", ";
            break;
        }
        case Outlet::Items::groups:
            legacy += list.column + "='" + std::string(text_of_column(frame.source, list.column)) + "', ";
    }
}

Error describe(const Transfer& transfer, const Frame& frame, const Misfit& misfit) {
    bool reading = transfer.direction == Direction::to_contract;
    std::string pointer, legacy, expected(misfit.expected);
    places(frame, pointer, legacy);
    legacy += misfit.legacy;
    pointer += misfit.contract;
    if (misfit.index >= 0) pointer += "/" + std::to_string(misfit.index);
    Error error;
    error.kind = reading ? ErrorKind::bad_answer : ErrorKind::invalid_message;
    error.message = reading ? "The system's answer does not fit its mapping"
                            : "This value can't be told to the system behind: expected " + expected;
    error.detail = transfer.name + ": " + legacy + ": expected " + expected;
    // What a caller sent may be personal and stays out of the log; what a system answered is named in part.
    if (auto text = text_of(misfit.value); !misfit.value.is_null()) {
        if (reading)
            error.detail += ", got '" + std::string(text.substr(0, 40)) + (text.size() > 40 ? "...'" : "'");
        else
            error.detail += ", got a value of " + std::to_string(text.size()) + " bytes";
    }
    if (const auto* mark = misfit.mark; mark && mark->line > 0)
        error.detail += " (" + mark->file + ":" + std::to_string(mark->line) + ":" + std::to_string(mark->column) + ")";
    error.pointer = std::move(pointer);
    return error;
}

}  // namespace headgate::mappings
