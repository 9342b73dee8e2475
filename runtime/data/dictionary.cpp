#include "runtime/data/dictionary.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "runtime/data/short_text.hpp"
#include "runtime/data/text_order.hpp"

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

// Rows of one account mostly stand together: then its key is the text before.
TextCode DictionaryBuilder::add(std::string_view sought) {
    if (!sampling_ && last_ < size() && same_bytes(text(last_), sought)) {
        ++repeats_;
        return last_;
    }
    last_ = code_of(sought);
    return last_;
}

TextCode DictionaryBuilder::code_of(std::string_view sought) {
    const std::uint32_t hash = hash_of(sought);
    if (!is_searched_for(hash))
        return append(sought);
    if ((used_ + 1) * 2 > slots_.size())
        grow();
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].code != kFree; at = (at + 1) & mask) {
        const Slot found = slots_[at];
        if (found.hash == hash && same_bytes(text(found.code), sought)) {
            constexpr std::size_t kOften = 8;
            if (++repeats_ > used_ / kOften && sampling_)
                end_sampling();
            return found.code;
        }
    }
    const TextCode code = append(sought);
    insert(hash, code);
    return code;
}

TextCode DictionaryBuilder::append(std::string_view text) {
    const auto code = static_cast<TextCode>(size());
    texts_.append(text);
    return code;
}

bool DictionaryBuilder::is_searched_for(std::uint32_t hash) const {
    constexpr unsigned kOneOf64 = 32 - 6;
    return !sampling_ || hash >> kOneOf64 == 0;
}

void DictionaryBuilder::insert(std::uint32_t hash, TextCode code) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].code != kFree)
        at = (at + 1) & mask;
    slots_[at] = {hash, code};
    ++used_;
}

// Called each time that the texts searched for have doubled: a time to think about it.
void DictionaryBuilder::grow() {
    constexpr std::size_t kFewest = 64;
    constexpr std::size_t kEnough = std::size_t{1} << 16; // to see how often texts come twice
    constexpr std::size_t kRare = 1000;
    if (!sampling_ && used_ >= kEnough && repeats_ < used_ / kRare)
        return start_sampling();
    const std::vector<Slot> before =
        std::exchange(slots_, std::vector<Slot>(std::max(kFewest, slots_.size() * 2)));
    used_ = 0;
    for (const auto& [hash, code] : before)
        if (code != kFree)
            insert(hash, code);
}

void DictionaryBuilder::start_sampling() {
    sampling_ = true;
    repeats_ = 0;
    used_ = 0;
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() / 16));
    for (const auto& [hash, code] : before)
        if (code != kFree && is_searched_for(hash))
            insert(hash, code);
}

// Equal texts that are there already stay; from now on there are no more of them.
void DictionaryBuilder::end_sampling() {
    sampling_ = false;
    repeats_ = 0;
    used_ = 0;
    slots_.assign(std::bit_ceil(size() * 2), {});
    for (TextCode code = 0; code < size(); ++code)
        insert(hash_of(text(code)), code);
}

Dictionary DictionaryBuilder::finish(std::vector<TextCode>& final_codes) {
    slots_ = {};
    const auto order = in_order_of_texts(texts_);
    Dictionary dictionary;
    dictionary.texts_.reserve(order.size(), texts_.bytes().size());
    final_codes.assign(order.size(), 0);
    for (const auto& [leading, code, repeats] : order) {
        if (!repeats)
            dictionary.texts_.append(text(code));
        final_codes[code] = static_cast<TextCode>(dictionary.size() - 1);
    }
    *this = DictionaryBuilder();
    return dictionary;
}

Dictionary DictionaryBuilder::finish_unsorted() {
    Dictionary dictionary;
    dictionary.texts_ = std::move(texts_);
    dictionary.sorted_ = false;
    *this = DictionaryBuilder();
    return dictionary;
}

} // namespace rulebook::data
