#include "tools/rulec/instant_output.hpp"

#include <utility>

#include "tools/output/result_tables.hpp"

namespace rulec::tool {
namespace {

// Without what grows with the accounts.
rulebook::engine::Results head_of(const rulebook::engine::Results& results) {
    rulebook::engine::Results head;
    head.rulebook = results.rulebook;
    head.version = results.version;
    head.content_hash = results.content_hash;
    head.zone_version = results.zone_version;
    head.as_of = results.as_of;
    return head;
}

} // namespace

InstantOutput::InstantOutput(const rulebook::plan::Plan& plan, const std::vector<std::string>& only,
                             std::optional<std::filesystem::path> spool)
    : plan_(plan), spool_(std::move(spool)), summary_(plan, only) {}

rulebook::Result<void> InstantOutput::add(const rulebook::data::Dataset& dataset,
                                          rulebook::engine::Results results) {
    summary_.add(results);
    if (!spool_) {
        dataset_ = &dataset;
        results_ = std::move(results);
        return {};
    }
    if (!any_)
        results_ = head_of(results);
    results_.not_yet += results.not_yet;
    any_ = true;
    const auto tables = output::result_tables(plan_, dataset, results);
    while (spools_.size() < tables.size()) {
        auto spool = output::RowSpool::make(*spool_);
        if (!spool)
            return tl::unexpected(spool.error());
        spools_.push_back(std::move(*spool));
    }
    for (std::size_t table = 0; table < tables.size(); ++table)
        spools_[table].add(tables[table]);
    return {};
}

void InstantOutput::add_kept(const incremental::StateAccount& account) {
    incremental::PackedReader part(account.summary);
    summary_.add(part);
    results_.not_yet += account.there ? 0 : 1;
}

rulebook::Result<void> InstantOutput::finish() {
    for (output::RowSpool& spool : spools_)
        if (auto finished = spool.finish(); !finished)
            return finished;
    return {};
}

std::vector<input::TypedTable> InstantOutput::tables() {
    if (!spool_)
        return output::result_tables(plan_, *dataset_, results_);
    std::vector<input::TypedTable> tables;
    for (output::RowSpool& spool : spools_)
        tables.push_back(spool.table());
    return tables;
}

rulebook::Result<void> InstantOutput::read_fault() const {
    for (const output::RowSpool& spool : spools_)
        if (auto read = spool.read_fault(); !read)
            return read;
    return {};
}

} // namespace rulec::tool
