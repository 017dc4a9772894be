// Writes a document's records in the layout's order.
#include <algorithm>

#include "mappings/formats/fixed_width/document.hpp"
#include "mappings/formats/fixed_width/field.hpp"

namespace headgate {
namespace {

bool absent(const Value* value) { return !value || value->is_null(); }

// One record stands alone or in a list.
template <class Each>
void for_each_record(const Value* value, Each each) {
    if (absent(value)) return;
    if (!value->is_array()) return each(*value);
    for (const Value& item : *value) each(item);
}

std::size_t count_in(const std::vector<FixedRecord>& list, const Value& around, std::size_t index) {
    std::size_t count = 0;
    for (const FixedRecord& record : list) {
        const Value* given = around.find(record.name);
        if (absent(given) && record.required && record.by_writer() && record.index == index) ++count;
        for_each_record(given, [&](const Value& item) {
            count += (record.index == index ? 1 : 0) + count_in(record.records, item, index);
        });
    }
    return count;
}

class DocumentWriter {
  public:
    DocumentWriter(const FixedWidthLayout& layout, const CodePage& page) : layout_(layout), page_(page) {}

    Result<std::string> write(const Value& document) {
        auto problem = fixed_width::write_terminator(layout_, page_, terminator_);
        if (!problem.empty()) fail("file", problem);
        if (!document.is_object()) fail("file", "an object of records is expected");
        for (const Member& member : document.is_object() ? document.members() : Value::MemberRange{nullptr, nullptr})
            if (!any_of(layout_.records, member.key)) fail(std::string(member.key), "not in the layout");
        if (fault_.empty()) records(layout_.records, document);
        if (!fault_.empty())
            return Error{ErrorKind::invalid_message, "the message can't be told to this system as it is",
                         "fixed-width: " + fault_};
        return std::move(out_);
    }

  private:
    template <class Named>
    static bool any_of(const std::vector<Named>& list, std::string_view name) {
        return std::any_of(list.begin(), list.end(), [&](const Named& one) { return one.name == name; });
    }

    void fail(const std::string& place, const std::string& why) {
        if (fault_.empty()) fault_ = place + ": " + why;
    }
    void fail(const FixedRecord& record, std::string_view field, const std::string& why) {
        std::string name = record.name + (field.empty() ? "" : ".") + std::string(field);
        fail("record " + std::to_string(number_) + " (" + name + ")", why);
    }

    // Those of this list that the document or a record's object has.
    void records(const std::vector<FixedRecord>& list, const Value& around) {
        for (const FixedRecord& record : list) {
            std::size_t count = 0;
            for_each_record(around.find(record.name), [&](const Value& item) {
                if (++count > record.at_most)
                    fail(record.name, "more than " + std::to_string(record.at_most) + " records");
                if (fault_.empty()) this->record(record, item, around);
            });
            if (count > 0 || !record.required) continue;
            if (record.by_writer())
                this->record(record, Value::object(nullptr, 0), around);
            else
                fail(record.name, "this record is required");
        }
    }

    void record(const FixedRecord& record, const Value& value, const Value& around) {
        ++number_;
        if (!value.is_object()) return fail(record, {}, "an object of fields is expected");
        for (const Member& member : value.members())
            if (member.key != layout_.record_by.name && !any_of(record.fields, member.key) &&
                !any_of(record.records, member.key))
                return fail(record, member.key, "not in the layout");
        std::size_t begin = out_.size();
        out_.append(record.length, static_cast<char>(page_.byte(' ')));
        const FixedField& by = layout_.record_by;
        const Value* told = by.name.empty() ? nullptr : value.find(by.name);
        if (!absent(told) && (!told->is_string() || told->text() != record.code))
            return fail(record, by.name, "not '" + record.code + "'");
        if (by.length > 0) put(record, by, begin, record.code, false);
        for (const FixedField& field : record.fields) this->field(record, field, value, around, begin);
        out_ += terminator_;
        if (fault_.empty()) records(record.records, value);
    }

    void field(const FixedRecord& record, const FixedField& field, const Value& object, const Value& around,
               std::size_t begin) {
        const Value* value = object.find(field.name);
        bool null = absent(value);
        if (!null && !value->is_string() && !value->is_number()) return fail(record, field.name, "a text is expected");
        std::string text(null ? std::string_view(field.value) : value->text());
        null = null && field.value.empty();
        if (!field.count_of.empty()) {
            auto counted = std::to_string(count(record, field, object, around));
            if (!null && text != counted)
                return fail(record, field.name, "tells " + text + " records, there are " + counted);
            text = counted;
            null = false;
        }
        put(record, field, begin, text, null);
    }

    std::size_t count(const FixedRecord& record, const FixedField& field, const Value& object, const Value& around) {
        const auto& beside = record.parent ? record.parent->records : layout_.records;
        std::size_t all = 0;
        for (std::size_t index : field.count_of)
            all += field.counts_below ? count_in(record.records, object, index) : count_in(beside, around, index);
        return all;
    }

    void put(const FixedRecord& record, const FixedField& field, std::size_t begin, std::string_view text, bool null) {
        std::string bytes;
        auto problem = fixed_width::write_field(field, layout_, page_, text, null, bytes);
        if (problem.empty())
            out_.replace(begin + field.at, field.length, bytes);
        else
            fail(record, field.name, problem);
    }

    const FixedWidthLayout& layout_;
    const CodePage& page_;
    std::string terminator_, out_, fault_;
    std::size_t number_ = 0;
};

}  // namespace

Result<std::string> write_fixed_width(const FixedWidthLayout& layout, const CodePage& page, const Value& document) {
    return DocumentWriter(layout, page).write(document);
}

}  // namespace headgate
