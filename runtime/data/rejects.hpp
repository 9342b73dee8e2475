// The rows that were not admitted, one entry a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rulebook::data {

enum class RejectCode : std::uint8_t {
#define RB_REJECT(Name, code, words) Name,
#include "runtime/data/reject_codes.def"
};

std::string_view code_of(RejectCode code); // "data.orphan"
std::string_view words(RejectCode code);

// As it is written to `rejects.*`.
struct Reject {
    std::string_view table;  // "deals", "accounts_history"
    std::string_view source; // "deals.csv"
    std::uint64_t row = 0;
    std::string_view column; // the field; empty if the row as a whole is at fault
    std::string_view value;  // what stood there, shortened
    std::string_view code;   // "data.orphan"
    std::string_view reason;
};

// Sorted by table, source and row once the data set is built. Views are valid as long as it lives.
class Rejects {
public:
    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    Reject operator[](std::size_t index) const;

    // For who builds the data set.
    void add(const Reject& reject);
    void sort();

private:
    struct Entry {
        std::uint32_t table;
        std::uint32_t source;
        std::uint32_t column;
        std::uint32_t code;
        std::uint32_t reason;
        std::uint64_t row;
        std::string value;
    };
    std::uint32_t intern(std::string_view text);

    std::vector<Entry> entries_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
    std::vector<const std::string*> texts_; // keys of numbers_
};

} // namespace rulebook::data
