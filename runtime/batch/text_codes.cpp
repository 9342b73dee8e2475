#include "runtime/batch/text_codes.hpp"

#include <unordered_map>

namespace rulebook::batch {

TextCodes::TextCodes(const data::Column& column) : column_(&column) {
    const data::Dictionary& dictionary = column.dictionary();
    if (dictionary.is_sorted())
        return;
    std::unordered_map<std::string_view, data::TextCode> first;
    for (data::TextCode code = 0; code < dictionary.size(); ++code)
        same_.push_back(first.try_emplace(dictionary.text(code), code).first->second);
}

data::TextCode TextCodes::code_of(std::string_view text) const {
    const data::Dictionary& dictionary = column_->dictionary();
    if (dictionary.is_sorted())
        return dictionary.find(text).value_or(native::kNoCode);
    for (data::TextCode code = 0; code < dictionary.size(); ++code)
        if (dictionary.text(code) == text)
            return same_[code];
    return native::kNoCode;
}

} // namespace rulebook::batch
