#include "runtime/data/text_order.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace rulebook::data {

namespace {

constexpr std::size_t kLeading = sizeof(std::uint64_t);

// The eight bytes of a text from `from` on, as a number that is ordered as they are; behind its end
// stand zeros. Requires that the text is as long as `from`.
std::uint64_t leading_bytes(const TextArray& texts, std::size_t at, std::size_t from) {
    const std::string_view text = texts.text(at).substr(from);
    if (text.empty())
        return 0;
    const auto left =
        static_cast<std::size_t>(texts.bytes().data() + texts.bytes().size() - text.data());
    std::uint64_t bytes = 0;
    if (left >= kLeading)
        std::memcpy(&bytes, text.data(), kLeading); // one load
    else
        std::memcpy(&bytes, text.data(), left);
    if constexpr (std::endian::native == std::endian::little)
        bytes = __builtin_bswap64(bytes);
    // What follows in the run is none of the text's.
    return text.size() >= kLeading ? bytes : bytes & ~(~std::uint64_t{0} >> text.size() * 8);
}

// How many bytes at their beginning all texts share.
std::size_t common_prefix(const TextArray& texts) {
    if (texts.size() == 0)
        return 0;
    const std::string_view first = texts.text(0);
    const std::uint64_t leading = leading_bytes(texts, 0, 0);
    std::size_t length = first.size();
    std::uint64_t differing = 0;
    for (std::size_t at = 1; at < texts.size(); ++at) {
        length = std::min(length, texts.text(at).size());
        differing |= leading_bytes(texts, at, 0) ^ leading;
    }
    if (differing != 0)
        return std::min(length, static_cast<std::size_t>(std::countl_zero(differing)) / 8);
    for (std::size_t at = 1; at < texts.size(); ++at)
        while (length > kLeading && std::memcmp(texts.text(at).data(), first.data(), length) != 0)
            --length;
    return length;
}

// The texts by their leading bytes behind the common ones: most comparisons need no more.
using Entry = OrderedText;

// By `leading`, two bytes at a time from the last ones, passing over those in which none differ.
// Stable. Of the 65,536 pairs of bytes few come up in texts, so the places written to stay near.
void sort_by_leading(GrowingArray<Entry>& entries) {
    constexpr unsigned kBits = 16;
    constexpr std::uint64_t kMask = (1U << kBits) - 1;
    GrowingArray<Entry> sorted;
    sorted.extend(entries.size());
    std::vector<std::size_t> next;
    for (unsigned shift = 0; shift < 64; shift += kBits) {
        const auto digit_of = [&](const Entry& entry) { return entry.leading >> shift & kMask; };
        next.assign(kMask + 1, 0);
        for (const Entry& entry : entries)
            ++next[digit_of(entry)];
        if (next[digit_of(entries[0])] == entries.size())
            continue;
        std::size_t sum = 0;
        for (std::size_t& count : next)
            sum += std::exchange(count, sum);
        for (const Entry& entry : entries)
            sorted[next[digit_of(entry)]++] = entry;
        std::swap(entries, sorted);
    }
}

void sort(GrowingArray<Entry>& entries) {
    constexpr std::size_t kFew = 30'000; // where passes over all pairs of bytes do not pay
    const auto key = [](const Entry& entry) { return std::pair(entry.leading, entry.place); };
    if (std::ranges::is_sorted(entries, {}, key))
        return;
    if (entries.size() < kFew)
        std::ranges::sort(entries, {}, key);
    else
        sort_by_leading(entries);
}

// Texts that begin alike.
void sort_as_wholes(std::span<Entry> entries, const TextArray& texts) {
    std::ranges::sort(entries, [&](const Entry& a, const Entry& b) {
        const int order = texts.text(a.place).compare(texts.text(b.place));
        return order != 0 ? order < 0 : a.place < b.place;
    });
}

} // namespace

GrowingArray<OrderedText> in_order_of_texts(const TextArray& texts) {
    const std::size_t common = common_prefix(texts);
    GrowingArray<Entry> entries;
    entries.reserve(texts.size());
    for (std::size_t at = 0; at < texts.size(); ++at)
        entries.push_back(
            {leading_bytes(texts, at, common), static_cast<std::uint32_t>(at), false});
    sort(entries);
    for (auto first = entries.begin(); first != entries.end();) {
        auto last = first + 1;
        while (last != entries.end() && last->leading == first->leading)
            ++last;
        if (last - first > 1)
            sort_as_wholes({first, last}, texts);
        for (auto at = first + 1; at != last; ++at)
            at->repeats = texts.text(at->place) == texts.text((at - 1)->place);
        first = last;
    }
    return entries;
}

} // namespace rulebook::data
