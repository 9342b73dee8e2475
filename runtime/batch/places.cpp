#include "runtime/batch/places.hpp"

#include "runtime/interpret/span.hpp"

namespace rulebook::batch {

using native::ArrayIndex;
using native::Source;

Places::Places(const native::Program& program, const plan::Plan& plan, const data::Dataset& dataset,
               const time::Zone& zone, plan::EntityIndex entity)
    : table_(&dataset.table(entity)), zone_(&zone) {
    for (ArrayIndex i = 0; i < program.arrays.size(); ++i) {
        const native::ArrayInfo& info = program.arrays[i];
        if (info.entity != entity)
            continue;
        if (info.source == Source::OnceBegins)
            once_arrays_.push_back(i);
        else if (info.source == Source::Seen)
            seen_arrays_.push_back(i);
        else if (info.source == Source::Entered)
            windows_.push_back(
                {i, &plan.aggregates[plan.node(info.node).index].windows.front().span});
    }
    if (!seen_arrays_.empty() || !windows_.empty())
        times_ = &table_->column(*plan.schema.entities[entity].visible_from());
}

void Places::bring(const Elements& elements, std::span<native::Array> arrays) {
    if (!once_arrays_.empty())
        find_once(elements);
    if (times_ != nullptr)
        find_in_time(elements);
    for (const ArrayIndex array : once_arrays_)
        arrays[array].values = once_.data();
    for (const ArrayIndex array : seen_arrays_)
        arrays[array].values = seen_.data();
    for (Window& window : windows_)
        arrays[window.array].values = window.firsts.data();
}

void Places::find_once(const Elements& elements) {
    const Rows& roots = elements.roots;
    once_.assign(elements.begins.begin(), elements.begins.end());
    for (std::size_t i = 1; i < roots.size(); ++i)
        if (roots[i] == roots[i - 1] && elements.begins[i] == elements.begins[i - 1])
            once_[i] = elements.ends[i];
}

void Places::find_in_time(const Elements& elements) {
    const Rows& roots = elements.roots;
    seen_.resize(roots.size());
    for (Window& window : windows_)
        window.firsts.resize(roots.size());
    data::RowRange children;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const std::int64_t instant = elements.instant(i);
        if (i == 0 || roots[i] != roots[i - 1] || instant < before) {
            children = table_->children(roots[i]);
            restart(children);
        }
        before = instant;
        go_on_to(instant, children.last);
        const std::uint32_t moved = elements.begins[i] - children.first; // may wrap around
        seen_[i] = seen_until_ + moved;
        for (Window& window : windows_)
            window.firsts[i] = window.first + moved;
    }
}

// Those without a time come first, and are never there.
void Places::restart(data::RowRange children) {
    RowIndex first = children.first;
    while (first < children.last && !times_->known(first))
        ++first;
    seen_until_ = first;
    for (Window& window : windows_)
        window.first = first;
}

void Places::go_on_to(std::int64_t instant, RowIndex last) {
    const std::span<const std::int64_t> times = times_->integers();
    while (seen_until_ < last && times[seen_until_] <= instant)
        ++seen_until_;
    for (Window& window : windows_) {
        const auto first = interpret::first_of_window(*zone_, *window.span, instant);
        while (window.first < seen_until_ && (!first || times[window.first] < *first))
            ++window.first;
    }
}

} // namespace rulebook::batch
