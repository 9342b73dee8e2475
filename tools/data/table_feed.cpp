#include "tools/data/table_feed.hpp"

#include <span>
#include <utility>

#include <fmt/format.h>

#include "tools/data/shown_value.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
namespace data = rulebook::data;

TableFeed::TableFeed(std::string table, std::unique_ptr<TableReader> reader, KeyField account,
                     std::optional<KeyField> own, KeyWatch::How watch)
    : table_(std::move(table)), reader_(std::move(reader)), account_(std::move(account)),
      own_(std::move(own)), account_key_(account_.type), watch_(watch) {
    if (own_.has_value()) {
        own_key_.emplace(own_->type);
    }
}

Result<std::optional<std::string>> TableFeed::add_accounts(data::DatasetBuilder& builder,
                                                           std::size_t accounts) {
    std::optional<std::string> after;
    std::size_t met = 0;
    auto added = add_until(builder, [&](std::string_view key, bool is_next) {
        // The first account is no next one where the last chunk stopped at it.
        met += is_next || met == 0 ? 1 : 0;
        if (met > accounts) {
            after = key;
        }
        return after.has_value();
    });
    if (!added.has_value()) {
        return tl::unexpected(added.error());
    }
    return after;
}

Result<void> TableFeed::add_before(data::DatasetBuilder& builder,
                                   const std::optional<std::string>& end) {
    auto added = add_until(builder, [&](std::string_view key, bool /*is_next*/) {
        return end.has_value() && key >= *end;
    });
    return added.has_value() ? add_unreadable(builder, end) : added;
}

// What could not be read belongs to the chunk in which its parent is.
Result<void> TableFeed::add_unreadable(data::DatasetBuilder& builder,
                                       const std::optional<std::string>& end) {
    std::vector<std::pair<std::string, UnreadableRecord>> later;
    for (auto& [key, record] : waiting_) {
        if (end.has_value() && key >= *end) {
            later.emplace_back(std::move(key), std::move(record));
            continue;
        }
        auto added =
            builder.add_unreadable(table_, {record.source, record.row, record.field, record.value,
                                            record.code, record.reason, record.parent});
        if (!added.has_value()) {
            return added;
        }
    }
    waiting_ = std::move(later);
    return {};
}

Result<void> TableFeed::add_until(data::DatasetBuilder& builder, const Stops& stops) {
    while (true) {
        if (at_ == batch_.size()) {
            const auto more = next_batch(builder);
            if (!more.has_value() || !*more) {
                return more.has_value() ? Result<void>() : tl::unexpected(more.error());
            }
        }
        const std::size_t from = at_;
        const auto stopped = pass(stops);
        if (!stopped.has_value()) {
            return tl::unexpected(stopped.error());
        }
        if (auto added = add_rows(builder, from); !added.has_value() || *stopped) {
            return added;
        }
    }
}

// Goes on to the first row at which `stops`, or the end of the batch (then: false).
Result<bool> TableFeed::pass(const Stops& stops) {
    const auto offset = static_cast<std::size_t>(batch_.array->offset);
    for (; at_ < batch_.size(); ++at_) {
        const auto key = account_key_.read(accounts_->cell(at_ + offset));
        if (key.has_value()) {
            const int order = last_.has_value() ? key->compare(*last_) : 1;
            if (order < 0) {
                return make_error("data.not_in_order",
                                  fmt::format("`{}` is not in the order of `{}` ({}, row {})",
                                              table_, account_.name, batch_.source,
                                              batch_.rows[at_]));
            }
            if (stops(*key, order > 0)) {
                return true;
            }
            if (order > 0) {
                last_ = *key;
            }
        }
        if (owns_.has_value()) {
            if (const auto own = own_key_->read(owns_->cell(at_ + offset)); own.has_value()) {
                watch_.add(*own);
            }
        }
    }
    return false;
}

Result<void> TableFeed::add_rows(data::DatasetBuilder& builder, std::size_t from) {
    if (from == at_) {
        return {};
    }
    ArrowArray part = *batch_.array; // a view: nothing of it is released here
    part.offset += static_cast<std::int64_t>(from);
    part.length = static_cast<std::int64_t>(at_ - from);
    part.null_count = -1;
    auto added = builder.add(table_, *batch_.schema, part, batch_.source,
                             std::span(batch_.rows).subspan(from, at_ - from));
    if (!added.has_value()) {
        added.error().message = fmt::format("{}: {}", batch_.source, added.error().message);
    }
    return added;
}

Result<data::ArrowColumn> TableFeed::column(const std::string& name) const {
    for (std::int64_t i = 0; i < batch_.schema->n_children; ++i) {
        if (name == batch_.schema->children[i]->name) {
            return data::ArrowColumn::open(*batch_.schema->children[i], *batch_.array->children[i]);
        }
    }
    return make_error("data.no_column", fmt::format("{} has no column `{}`", table_, name));
}

// Whether there is one.
Result<bool> TableFeed::next_batch(data::DatasetBuilder& builder) {
    if (ended_) {
        return false;
    }
    auto batch = reader_->next();
    if (!batch.has_value()) {
        return tl::unexpected(batch.error());
    }
    for (; listed_ < reader_->unreadable().size(); ++listed_) {
        const UnreadableRecord& record = reader_->unreadable()[listed_];
        const auto parent =
            account_key_.read({.kind = data::SourceCell::Kind::Text, .text = record.parent});
        if (parent.has_value()) {
            waiting_.emplace_back(*parent, record);
            continue;
        }
        auto added =
            builder.add_unreadable(table_, {record.source, record.row, record.field, record.value,
                                            record.code, record.reason, record.parent});
        if (!added.has_value()) {
            return tl::unexpected(added.error());
        }
    }
    accounts_.reset(); // they look into the batch
    owns_.reset();
    batch_ = std::move(*batch);
    at_ = 0;
    ended_ = batch_.size() == 0;
    if (ended_) {
        return false;
    }
    auto accounts = column(account_.name);
    if (!accounts.has_value()) {
        return tl::unexpected(accounts.error());
    }
    accounts_ = std::move(*accounts);
    if (own_.has_value()) {
        auto owns = column(own_->name);
        if (!owns.has_value()) {
            return tl::unexpected(owns.error());
        }
        owns_ = std::move(*owns);
    }
    return true;
}

Result<void> TableFeed::end_chunk() {
    if (!watch_.end_chunk()) {
        return make_error("data.keys_meet", table_);
    }
    return {};
}

Result<void> TableFeed::end() {
    if (!watch_.end()) {
        return make_error("data.key_twice",
                          fmt::format("a key of `{}` stands at several accounts", table_));
    }
    return {};
}

} // namespace rulec::input
