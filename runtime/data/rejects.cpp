#include "runtime/data/rejects.hpp"

#include <algorithm>
#include <tuple>

namespace rulebook::data {

std::string_view code_of(RejectCode code) {
    switch (code) {
#define RB_REJECT(Name, code, words)                                                               \
    case RejectCode::Name:                                                                         \
        return code;
#include "runtime/data/reject_codes.def"
    }
    return "data.rejected";
}

std::string_view words(RejectCode code) {
    switch (code) {
#define RB_REJECT(Name, code, words)                                                               \
    case RejectCode::Name:                                                                         \
        return words;
#include "runtime/data/reject_codes.def"
    }
    return {};
}

std::uint32_t Rejects::intern(std::string_view text) {
    if (const auto found = numbers_.find(text); found != numbers_.end())
        return found->second;
    const auto number = static_cast<std::uint32_t>(texts_.size());
    const auto added = numbers_.emplace(text, number).first;
    texts_.push_back(&added->first);
    return number;
}

void Rejects::add(const Reject& reject) {
    entries_.push_back({intern(reject.table), intern(reject.source), intern(reject.column),
                        intern(reject.code), intern(reject.reason), reject.row,
                        std::string(reject.value)});
}

Reject Rejects::operator[](std::size_t index) const {
    const Entry& entry = entries_[index];
    const auto text = [&](std::uint32_t number) { return std::string_view(*texts_[number]); };
    return {text(entry.table), text(entry.source), entry.row,         text(entry.column),
            entry.value,       text(entry.code),   text(entry.reason)};
}

void Rejects::sort() {
    std::ranges::sort(entries_, [&](const Entry& a, const Entry& b) {
        const auto key = [&](const Entry& entry) {
            return std::tuple<std::string_view, std::string_view, std::uint64_t, std::string_view,
                              std::string_view>(*texts_[entry.table], *texts_[entry.source],
                                                entry.row, *texts_[entry.code], entry.value);
        };
        return key(a) < key(b);
    });
}

} // namespace rulebook::data
