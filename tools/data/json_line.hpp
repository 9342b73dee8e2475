// One line of NDJSON, taken apart. Internal to this folder.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/data/ndjson_reader.hpp"

namespace rulec::input {

// Readable bytes that must follow a line; what they are does not matter.
constexpr std::size_t kBytesBehindLine = 64;

// Why an object gives no record; empty texts: it gives one.
struct JsonFault {
    std::string_view code{}; // "data.malformed"
    std::string reason{};
    std::size_t column = 0; // of the wanted ones; where `value` stood
    bool whole = true;      // not one column but the record
    std::string value{};
    std::string parent{}; // the key of the record around; empty: there is none, or it is not known
};

// One record: a text for each wanted column, or a fault.
using TakeRecord = std::function<void(std::span<const std::string> values, const JsonFault& fault)>;

// Not thread-safe.
class JsonLine {
public:
    JsonLine(std::vector<std::string> columns, NestedPlace place);
    JsonLine(JsonLine&&) noexcept;
    ~JsonLine();

    // Why the line is no JSON object; empty: it is one. `line` is followed by kBytesBehindLine
    // bytes.
    std::string_view fault(std::string_view line);
    // Hands over the records of a line that has no fault, in their order.
    void records(std::string_view line, const TakeRecord& take);
    // Whether the arrays of the place were in any line so far.
    bool found() const;
    // Arrays in the records so far that nothing is read from, but whose names are nearly those of
    // collections.
    const std::vector<MisspeltArray>& misspelt() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace rulec::input
