#include "runtime/data/dictionary.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace rulebook::data {

std::optional<TextCode> Dictionary::find(std::string_view sought) const {
    TextCode low = 0;
    auto high = static_cast<TextCode>(size());
    while (low < high) {
        const TextCode middle = low + (high - low) / 2;
        if (text(middle) < sought)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == size() || text(low) != sought)
        return std::nullopt;
    return low;
}

void Dictionary::append(std::string_view text) {
    bytes_.append(text);
    ends_.push_back(bytes_.size());
}

void Dictionary::reserve(std::size_t texts, std::size_t bytes) {
    ends_.reserve(texts);
    bytes_.reserve(bytes);
}

TextCode DictionaryBuilder::add(std::string_view sought) {
    if ((ends_.size() + 1) * 2 > slots_.size())
        grow();
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(sought));
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask)
        if (const TextCode code = slots_[slot] - 1; hashes_[code] == hash && text(code) == sought)
            return code;
    const auto code = static_cast<TextCode>(ends_.size());
    bytes_.append(sought);
    ends_.push_back(bytes_.size());
    hashes_.push_back(hash);
    slots_[slot] = code + 1;
    return code;
}

void DictionaryBuilder::grow() {
    constexpr std::size_t kFewest = 64;
    slots_.assign(std::max(kFewest, slots_.size() * 2), 0);
    const std::size_t mask = slots_.size() - 1;
    for (TextCode code = 0; code < hashes_.size(); ++code) {
        std::size_t slot = hashes_[code] & mask;
        while (slots_[slot] != 0)
            slot = (slot + 1) & mask;
        slots_[slot] = code + 1;
    }
}

Dictionary DictionaryBuilder::finish(std::vector<TextCode>& final_codes) {
    slots_ = {};
    hashes_ = {};
    std::vector<TextCode> order(ends_.size());
    std::iota(order.begin(), order.end(), TextCode{0});
    std::ranges::sort(order, {}, [&](TextCode code) { return text(code); });
    Dictionary dictionary;
    dictionary.reserve(order.size(), bytes_.size());
    final_codes.assign(order.size(), 0);
    for (const TextCode code : order) {
        final_codes[code] = static_cast<TextCode>(dictionary.size());
        dictionary.append(text(code));
    }
    *this = DictionaryBuilder();
    return dictionary;
}

} // namespace rulebook::data
