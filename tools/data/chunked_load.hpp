// From a data folder whose files are all in the order of the root's keys to one data set after the
// other, each of some accounts with all that belongs to them: memory does not grow with the data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/load_dataset.hpp"

namespace rulec::input {

struct ChunkRequest {
    LoadRequest load;
    std::size_t accounts = 1; // a chunk has so many, the last one the rest
    // When the snapshot was taken, where data.toml does not say; microseconds since 1970 UTC.
    std::optional<std::int64_t> taken_at;
    // Tables whose keys are remembered, in eight bytes a row, since by their ranges one could stand
    // in two chunks.
    std::set<std::string> remembered;
};

// When the snapshot was taken, as data.toml says; microseconds since 1970 UTC. Fails with
// "data.map".
rulebook::Result<std::optional<std::int64_t>> taken_at_of(const rulebook::plan::Schema& schema,
                                                          const LoadRequest& request);

// Not thread-safe. Fails as load_dataset does, and where the data cannot be read so:
// - "data.not_in_order": a table is not in the order of the accounts' keys, or cannot be;
// - "data.keys_meet": keys of the table that is the message must be remembered;
// - "data.key_twice": rows of one key stand at several accounts, which only all data can settle.
class ChunkedLoad {
public:
    static rulebook::Result<ChunkedLoad> open(const rulebook::plan::Schema& schema,
                                              ChunkRequest request);

    ChunkedLoad(ChunkedLoad&&) noexcept;
    ChunkedLoad& operator=(ChunkedLoad&&) noexcept;
    ~ChunkedLoad();

    // The next accounts, in the order of their keys; nothing after the last. There is one at least,
    // be it without accounts. What `load_dataset` makes of all data is these one after the other:
    // the same records, rejects and counts.
    rulebook::Result<std::optional<rulebook::data::Dataset>> next();

    // Once next() has given nothing: what is to be said of the data besides.
    LoadNotes notes() const;

private:
    struct Inside;
    explicit ChunkedLoad(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace rulec::input
