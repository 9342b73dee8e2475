// A record from JSON, for one question after the other.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "runtime/plan/plan.hpp"
#include "runtime/single/record.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::single {

// One thread at a time. Cells are read as those of NDJSON files are: numbers, dates, times and
// money as they are written there, `null` for what is not known.
class JsonRecords {
public:
    // The plan outlives it.
    explicit JsonRecords(const plan::Plan& plan);
    ~JsonRecords();
    JsonRecords(JsonRecords&&) noexcept;
    JsonRecords& operator=(JsonRecords&&) noexcept;

    // Replaces what the record holds by an object: its keys are fields of the root record, or
    // collections of it (arrays of such objects). Fails with json.syntax, json.no_field (with the
    // nearest name) and json.twice; the record is empty then.
    Result<void> read(std::string_view json, Record& record);

    // Of the object that was read last: what could not be read, or was out of range, and so is
    // unknown, one a value: "employees: `many` is not a whole number".
    std::span<const std::string> complaints() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace rulebook::single
