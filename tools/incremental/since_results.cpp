// How results come about of new rows and of those that are taken over.
#include <utility>

#include "tools/incremental/since.hpp"

namespace rulec::incremental {

std::optional<output::Splice> Since::splice_of(std::size_t table, const std::string& file) const {
    if (kept_ == 0)
        return std::nullopt;
    output::Splice splice;
    splice.earlier = files_.at(file).path();
    splice.steps.emplace_back();
    std::size_t at = 0; // in the earlier run's accounts, which are in the same order
    for (std::size_t i = 0; i < now_.accounts.size(); ++i) {
        if (!taken_from_[i]) {
            if (splice.steps.back().passed + splice.steps.back().kept > 0)
                splice.steps.emplace_back();
            splice.steps.back().added += rows_[i][table];
            continue;
        }
        std::uint64_t passed = 0;
        for (; at < *taken_from_[i]; ++at)
            passed += earlier_.accounts[at].bytes[table];
        if (passed > 0 && splice.steps.back().kept > 0)
            splice.steps.emplace_back();
        splice.steps.back().passed += passed;
        splice.steps.back().kept += earlier_.accounts[at++].bytes[table];
    }
    return splice;
}

std::function<void(std::uint64_t bytes)> Since::row_sizes(std::size_t table) {
    return [this, table, account = std::size_t{0},
            row = std::uint64_t{0}](std::uint64_t bytes) mutable {
        while (taken_from_[account] || row == rows_[account][table]) {
            ++account;
            row = 0;
        }
        now_.accounts[account].bytes[table] += bytes;
        ++row;
    };
}

std::string Since::packed_state(std::vector<std::string> tables,
                                std::map<std::string, FileChecksum> files) {
    now_.tables = std::move(tables);
    now_.files = std::move(files);
    return packed(now_);
}

} // namespace rulec::incremental
