#include "runtime/trigger/firing_identity.hpp"

#include <algorithm>
#include <vector>

namespace rulebook::trigger {

FiringIdentity firing_identity(std::string_view trigger, std::string_view root_key,
                               Occasion occasion, std::int64_t instant,
                               std::span<const Digest> completing) {
    Sha256 hash;
    hash.add_delimited("firing/1").add_delimited(trigger).add_delimited(root_key);
    hash.add_delimited(spelling(occasion)).add(static_cast<std::uint64_t>(instant));
    for (const Digest& identity : completing)
        hash.add({reinterpret_cast<const char*>(identity.data()), identity.size()});
    const Digest digest = hash.finish();
    FiringIdentity identity{};
    std::copy_n(digest.begin(), identity.size(), identity.begin());
    return identity;
}

FiringIdentity firing_identity(const plan::Plan& plan, const data::Dataset& dataset,
                               interpret::RowIndex root, const Candidate& candidate) {
    std::vector<Digest> completing;
    interpret::Record record =
        candidate.completing.value_or(interpret::Record{plan.schema.root, root});
    while (record.entity != plan.schema.root) {
        completing.push_back(dataset.identity(record.entity, record.row));
        const auto parent = plan.schema.entities[record.entity].parent;
        record = {parent.value_or(plan.schema.root),
                  dataset.table(record.entity).parent(record.row)};
    }
    return firing_identity(plan.rules[candidate.rule].name,
                           dataset.key_text(plan.schema.root, root), candidate.occasion,
                           candidate.instant, completing);
}

std::string hexadecimal(const FiringIdentity& identity) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : identity) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

} // namespace rulebook::trigger
