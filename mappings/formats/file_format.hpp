// FileFormat: a file as legacy documents and back, whatever its format; so that who drops, reads or tries files does
// not tell formats apart.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/drift.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

namespace edi {
struct Receipt;
}

// What stands around a document in its file: the texts of a mapping's `envelope:`, its {paths} filled in.
struct FileEnvelope {
    std::map<std::string, std::string, std::less<>> texts;
    // Of the interchange, where no `control-number` is among the texts: the sender's next for this receiver.
    std::uint32_t number = 1;

    std::string_view text(std::string_view key, std::string_view otherwise = {}) const {
        auto found = texts.find(key);
        return found == texts.end() ? otherwise : std::string_view(found->second);
    }
};

// What a file holds. Owns the documents, but for their keys, which are the format's.
struct FileReading {
    struct Document {
        Value document;
        std::string place;  // segment 3 (ST) at offset 193; record 2; empty: the whole file
    };
    // What is wrong, with its place: 'segment 23 (SE) at offset 634, element 01: says ...'.
    struct Fault {
        std::string text;
        bool tolerated = false;
    };
    std::vector<Document> documents;  // in the file's order; none of what is refused
    std::vector<Fault> faults;
    DriftLog drift;
    std::vector<std::unique_ptr<Arena>> arenas;
    std::shared_ptr<const edi::Receipt> receipt;  // of an interchange: what it is answered by

    bool accepted() const {
        for (const Fault& fault : faults)
            if (!fault.tolerated) return false;
        return true;
    }
};

// Immutable; used by any number of threads at once. Nothing comes from the clock: the same document in the same
// envelope has the same bytes.
class FileFormat {
  public:
    virtual ~FileFormat() = default;
    virtual std::string_view name() const = 0;       // x12, edifact, csv, fixed-width
    virtual const std::string& charset() const = 0;  // of the bytes, as Charset or CodePage know it
    virtual const LegacyNode& shape() const = 0;     // of one document, as mappings see it

    // The keys that a mapping's `envelope:` may have, and those that it must have where files are written.
    virtual std::vector<std::string_view> envelope_keys() const { return {}; }
    virtual std::vector<std::string_view> envelope_needs() const { return {}; }
    // What is wrong with a text that an envelope says, empty when nothing is.
    virtual std::string envelope_fault(std::string_view key, std::string_view text) const;
    // Whose numbers the file takes: one sequence for each pair of sender and receiver. Empty: it takes none.
    virtual std::string sequence(const FileEnvelope&) const { return {}; }
    // One document as a whole file. Fails with invalid_message, `detail` naming the place in the document; or with
    // configuration, when the envelope is wrong.
    virtual Result<std::string> write(const Value& document, const FileEnvelope& envelope) const = 0;

    virtual FileReading read(std::string_view bytes) const = 0;
    // The files that a reading is answered by (997 and TA1, CONTRL), one for each interchange, numbered from `number`
    // on; `date` yyyyMMdd, `time` HHmm. None where the format or the interchange has no answer.
    virtual Result<std::vector<std::string>> acknowledge(const FileReading& reading, std::string_view date,
                                                         std::string_view time, std::uint32_t number) const;
};

// Words of `tolerate:` and `reject:` that a reader of files knows, and what a mapping says of them.
struct FileTolerance {
    std::string word;
    bool tolerated = true;  // else refused, whatever the file's layout says
};

}  // namespace headgate
