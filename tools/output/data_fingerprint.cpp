#include "tools/output/data_fingerprint.hpp"

#include <string_view>

namespace rulec::output {

void DataFingerprint::add(std::span<const rulebook::Digest> accounts) {
    for (const rulebook::Digest& account : accounts)
        digest_.add({reinterpret_cast<const char*>(account.data()), account.size()});
    count_ += accounts.size();
}

std::string DataFingerprint::finish() {
    return rulebook::hexadecimal(digest_.add(count_).finish());
}

} // namespace rulec::output
