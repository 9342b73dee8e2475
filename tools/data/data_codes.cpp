#include "tools/data/data_codes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace rulec::input {

namespace {

constexpr auto kCodes = std::to_array<DataCode>({
#define RB_DATA_CODE(code, severity, what, becomes, help) {code, severity, what, becomes, help},
#include "tools/data/data_codes.def"
});

} // namespace

std::span<const DataCode> data_codes() {
    return kCodes;
}

const DataCode* find_data_code(std::string_view code) {
    const auto* const found = std::ranges::find(kCodes, code, &DataCode::code);
    return found == kCodes.end() ? nullptr : found;
}

std::string page_of(const DataCode& code) {
    return fmt::format("# {} ({}): {}\n\nWhat becomes of it: {}.\n\nWhat to do: {}.\n\n{}\n",
                       code.code, code.severity, code.what, code.becomes, code.help,
                       code.severity == "reject"
                           ? "Each one stands in `rejects.csv` of the results, with its file, row, "
                             "column, value and reason."
                           : "It stands in `run.json` of the results, too.");
}

} // namespace rulec::input
