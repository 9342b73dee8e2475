#include "tools/output/data_fingerprint.hpp"

#include <string_view>

#include "tools/output/account_digests.hpp"

namespace rulec::output {

void DataFingerprint::add(std::span<const rulebook::Digest> accounts) {
    for (const rulebook::Digest& account : accounts)
        add(account);
}

void DataFingerprint::add(const rulebook::data::Dataset& dataset) {
    for_each_account_digest(dataset, [this](const rulebook::Digest& account) { add(account); });
}

void DataFingerprint::add(const rulebook::Digest& account) {
    digest_.add({reinterpret_cast<const char*>(account.data()), account.size()});
    ++count_;
}

std::string DataFingerprint::finish() {
    return rulebook::hexadecimal(digest_.add(count_).finish());
}

} // namespace rulec::output
