// Writes the segments of one message from a document by the guide: elements in its order, constants and qualifiers
// filled in; lengths, types, codes, charset and required segments checked.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/edi/guide.hpp"

namespace headgate::edi {

// A segment of an envelope; the caller has checked the values. What is absent at the end is left out.
void append_segment(std::string& out, const Separators& separators, std::string_view suffix,
                    std::initializer_list<std::string_view> parts);
// The parts, which are data already, as one element.
std::string composite_of(const Separators& separators, std::initializer_list<std::string_view> parts);
// With release characters where the text holds separators; for dialects that have them.
std::string released(std::string_view text, const Separators& separators);

class MessageWriter {
  public:
    MessageWriter(const Guide& guide, const Separators& separators, std::string& out)
        : guide_(guide), separators_(separators), out_(out) {}

    // Appends the segments. Fails with invalid_message; `detail` names segment, element and its name:
    // 'N1[01=ST]/02 (name): 64 characters, at most 60'. What was appended by then is of no use.
    Result<void> write(const Value& document);
    int count() const { return count_; }  // segments written

  private:
    // HL: what the document leaves to us.
    struct Numbers {
        std::string own, parent, has_children;
    };

    bool failed() const { return !fault_.empty(); }
    void fail(const std::string& place, const std::string& why);
    void segments(const std::vector<Segment>& list, const Value& document, const std::string& place);
    void inner(const Segment& segment, const Value* value, const std::string& place);
    void repetition(const Segment& segment, const Value& value, const std::string& here);
    Numbers number(const Segment& segment, const Value& value);
    void elements(const Segment& segment, const Value& value, const std::string& here, const Numbers& numbers);
    bool element(const Element& element, const Value& segment, std::string_view fallback, const std::string& here);
    bool one(const Element& element, const Value* given, bool wanted, std::string_view fallback,
             const std::string& place);
    bool composite(const Element& element, const Value* given, bool wanted, const std::string& place);
    bool scalar(const Element& element, const Value* given, bool wanted, std::string_view fallback,
                const std::string& place);
    void data(const Element& element, std::string_view text, const std::string& place);

    const Guide& guide_;
    const Separators& separators_;
    std::string& out_;
    std::string fault_;
    int count_ = 0;
    int hierarchy_ = 0;
    std::vector<std::string> parents_;  // numbers of the HLs around
};

}  // namespace headgate::edi
