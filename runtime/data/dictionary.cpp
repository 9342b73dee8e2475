#include "runtime/data/dictionary.hpp"

#include <algorithm>
#include <functional>

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

namespace {

// How many bytes at their beginning all texts share.
template <class TextOf>
std::size_t common_prefix(std::size_t count, const TextOf& text_of) {
    if (count == 0)
        return 0;
    const std::string_view first = text_of(0);
    std::size_t length = first.size();
    for (TextCode code = 1; code < count; ++code) {
        const std::string_view text = text_of(code);
        length = std::min(length, text.size());
        while (length > 0 && text.substr(0, length) != first.substr(0, length))
            --length;
    }
    return length;
}

// Eight bytes as a number that is ordered as they are; behind the end stand zeros.
std::uint64_t leading_bytes(std::string_view text) {
    std::uint64_t bytes = 0;
    for (std::size_t at = 0; at < sizeof bytes; ++at)
        bytes = bytes << 8U | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0U);
    return bytes;
}

// A text by its bytes behind the common ones: most comparisons need no more than these.
struct SortedText {
    std::uint64_t leading;
    TextCode code;
};

template <class TextOf>
std::vector<SortedText> in_order(std::size_t count, const TextOf& text_of) {
    const std::size_t common = common_prefix(count, text_of);
    std::vector<SortedText> order;
    order.reserve(count);
    for (TextCode code = 0; code < count; ++code)
        order.push_back({leading_bytes(text_of(code).substr(common)), code});
    std::ranges::sort(order, [&](const SortedText& a, const SortedText& b) {
        return a.leading != b.leading ? a.leading < b.leading : text_of(a.code) < text_of(b.code);
    });
    return order;
}

} // namespace

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
    const auto order = in_order(ends_.size(), [&](TextCode code) { return text(code); });
    Dictionary dictionary;
    dictionary.reserve(order.size(), bytes_.size());
    final_codes.assign(order.size(), 0);
    for (const auto& [leading, code] : order) {
        final_codes[code] = static_cast<TextCode>(dictionary.size());
        dictionary.append(text(code));
    }
    *this = DictionaryBuilder();
    return dictionary;
}

} // namespace rulebook::data
