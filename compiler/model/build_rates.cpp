// rates: literals, by segment, as a table, from a file. All become rows with a condition.
#include "compiler/model/checker.hpp"
#include "compiler/model/credit_parts.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runtime/value/amount.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::RateRow;

class RatesBuilder {
public:
    RatesBuilder(Context& context, const ast::File& file, const ast::Rates& node, Rates& rates)
        : context_(context), file_(file), node_(node), rates_(rates),
          effective_(effective_range(context, file, node.head.effective)),
          checker_(context, file,
                   root_scope(context.book, kTriggerLayer,
                              fmt::format("rates `{}`", node.head.name.text))) {}

    // False after a report.
    bool build() {
        rates_.ranges.push_back(effective_);
        rates_.spans.push_back(node_.head.name.span);
        if (!given_in_one_way() || !build_by())
            return false;
        if (node_.from)
            return add_file();
        if (node_.table)
            return add_table();
        if (node_.segments.empty())
            return add_row(kNothing, node_.literals, "");
        return add_segments();
    }

private:
    bool given_in_one_way() {
        const std::array ways{!node_.literals.empty(), !node_.segments.empty(),
                              node_.table.has_value(), node_.from.has_value()};
        const auto count = std::ranges::count(ways, true);
        if (count != 1)
            context_.diagnostics.emit<RB4008>(node_.head.name.span, node_.head.name.text,
                                              count == 0 ? "empty" : "given in more than one way");
        else if (!node_.segments.empty() && !node_.by.present())
            context_.diagnostics.emit<RB4009>(node_.head.name.span, node_.head.name.text,
                                              node_.head.name.text);
        else if (node_.by.present() && node_.segments.empty() && !node_.from)
            context_.diagnostics.emit<RB4010>(node_.head.name.span, node_.head.name.text);
        else
            return true;
        return false;
    }

    bool build_by() {
        if (!node_.by.present())
            return true;
        by_ = checker_.check(node_.by);
        if (!present(by_))
            return false;
        const Type type = context_.book[by_].type;
        if (type.is(TypeKind::Enum) || type.is(TypeKind::Text))
            return true;
        context_.diagnostics.emit<RB1302>(file_[node_.by].span, "a text or an enum",
                                          describe(context_, type));
        return false;
    }

    // The two rates of a row; reports what is missing or unknown.
    bool add_row(ExprId when, const std::vector<ast::Rate>& written, std::string segment) {
        RateRow row{.effective = effective_,
                    .when = when,
                    .unassisted = {},
                    .assisted = {},
                    .segment = std::move(segment)};
        const std::array wanted{std::pair(std::string_view("unassisted"), &row.unassisted),
                                std::pair(std::string_view("assisted"), &row.assisted)};
        for (const ast::Rate& rate : written) {
            const auto found = std::ranges::find(wanted, std::string_view(rate.name.text),
                                                 &decltype(wanted)::value_type::first);
            if (found == wanted.end()) {
                context_.diagnostics.emit<RB1205>(rate.name.span, rates_.name, rate.name.text)
                    .help("rates are `unassisted` and `assisted`");
                return false;
            }
            if (found->second->has_value()) {
                context_.diagnostics.emit<RB4011>(rate.name.span, rate.name.text);
                return false;
            }
            const auto percent = literal_rate(rate.value);
            if (!percent)
                return false;
            *found->second = percent;
        }
        for (const auto& [name, value] : wanted)
            if (!value->has_value()) {
                context_.diagnostics.emit<RB4001>(node_.head.name.span, rates_.name, name);
                return false;
            }
        rates_.rows.push_back(std::move(row));
        return true;
    }

    std::optional<std::int64_t> literal_rate(ast::ExprId id) {
        const auto percent = literal_percent(context_, file_, id);
        if (percent && (*percent < 0 || *percent > rulebook::kMillionthsPerOne)) {
            context_.diagnostics.emit<RB4005>(file_[id].span);
            return std::nullopt;
        }
        return percent;
    }

    // ---- by segment

    // The condition of a segment; kError after a report.
    ExprId segment_condition(const ast::Party& key) {
        const Value value = key_value(context_, context_.book[by_].type, key);
        return value.known() ? segment_condition(value, key.text, key.span) : kError;
    }
    ExprId segment_condition(const Value& value, std::string_view written, Span span) {
        if (std::ranges::find(seen_, value) != seen_.end()) {
            context_.diagnostics.emit<RB4011>(span, written);
            return kError;
        }
        seen_.push_back(value);
        return checker_.is(by_, value, span);
    }

    bool add_segments() {
        const ast::RateSegment* otherwise = nullptr;
        for (const ast::RateSegment& segment : node_.segments) {
            if (segment.key) {
                const ExprId when = segment_condition(*segment.key);
                if (!present(when) || !add_row(when, segment.rates, segment.key->text))
                    return false;
                continue;
            }
            if (otherwise != nullptr) {
                context_.diagnostics.emit<RB4011>(segment.span, "otherwise");
                return false;
            }
            otherwise = &segment;
        }
        if (otherwise != nullptr)
            return add_row(kNothing, otherwise->rates, "");
        tell_of_gaps(node_.head.name.span);
        return true;
    }

    // Values of an enum that no segment names, where there is no `otherwise`.
    void tell_of_gaps(Span span) {
        const Type type = context_.book[by_].type;
        std::vector<std::string> gaps;
        if (type.is(TypeKind::Enum)) {
            const auto& values = context_.book.schema.enums[type.enum_index()].values;
            for (std::size_t i = 0; i < values.size(); ++i)
                if (std::ranges::find(seen_, Value::of(static_cast<std::int64_t>(i))) ==
                    seen_.end())
                    gaps.push_back(fmt::format("`{}`", values[i]));
        } else
            gaps.emplace_back("any other value");
        if (!gaps.empty())
            context_.diagnostics.emit<RB4012>(span, rates_.name,
                                              fmt::format("{}", fmt::join(gaps, ", ")));
    }

    // ---- as a table

    bool add_table() {
        const ast::TableBody& table = *node_.table;
        std::vector<ExprId> columns;
        for (const ast::ExprId column : table.columns)
            columns.push_back(checker_.check(column));
        if (!std::ranges::all_of(columns, [](ExprId column) { return present(column); }))
            return false;
        checker_.set_columns(columns);
        return std::ranges::all_of(table.rows,
                                   [&](const ast::TableRow& row) { return add_table_row(row); });
    }

    bool add_table_row(const ast::TableRow& row) {
        std::vector<ast::Rate> written;
        for (std::size_t i = 0; i < row.outputs.size(); ++i)
            written.push_back({node_.table->outputs[i], row.outputs[i], row.span});
        std::vector<ExprId> conditions;
        std::string segment;
        if (!row.otherwise)
            for (const ast::ConditionCell& cell : row.cells) {
                if (cell.kind == ast::CellKind::Any)
                    continue;
                conditions.push_back(checker_.check_condition(cell.test));
                if (!present(conditions.back()))
                    return false;
                segment += (segment.empty() ? "" : ", ") +
                           source_note(context_, file_[cell.test].span).text;
            }
        const ExprId when = conditions.empty()       ? kNothing
                            : conditions.size() == 1 ? conditions.front()
                                                     : checker_.all_of(conditions, row.span);
        return add_row(when, written, std::move(segment));
    }

    // ---- from a file

    bool add_file() {
        const auto rows = read_rates_file(context_, *node_.from);
        if (!rows)
            return false;
        std::vector<RateRow> of_others; // come last, wherever they stand in the file
        for (const RatesFileRow& read : *rows) {
            RateRow row{.effective = read.effective,
                        .when = kNothing,
                        .unassisted = read.unassisted,
                        .assisted = read.assisted,
                        .segment = read.segment.value_or("")};
            if (row.effective.from && row.effective.until &&
                *row.effective.until <= *row.effective.from)
                return refuse(fmt::format("the range of `{}` is empty", shown(row.segment)));
            if (!within_own_range(row.effective))
                continue; // this version of the rates does not reach there
            for (const auto* others : {&rates_.rows, &of_others})
                for (const RateRow& other : *others)
                    if (other.segment == row.segment && meet(other.effective, row.effective))
                        return refuse(
                            fmt::format("`{}` has two rows for one time", shown(row.segment)));
            if (read.segment && !add_file_segment(*read.segment, row))
                return false;
            (present(row.when) ? rates_.rows : of_others).push_back(std::move(row));
        }
        rates_.rows.insert(rates_.rows.end(), of_others.begin(), of_others.end());
        return true;
    }

    bool refuse(std::string_view what) {
        context_.diagnostics.emit<RB4013>(node_.from->span, node_.from->value, what);
        return false;
    }

    bool add_file_segment(const std::string& segment, RateRow& row) {
        if (!present(by_))
            return refuse(fmt::format("it has segments; say of what: `rates {} by FIELD {{ … }}`",
                                      rates_.name));
        const Type type = context_.book[by_].type;
        const auto value = type.is(TypeKind::Text) ? std::optional(Value::of(segment))
                           : enum_value(context_, type, segment)
                               ? std::optional(Value::of(*enum_value(context_, type, segment)))
                               : std::nullopt;
        if (!value)
            return refuse(fmt::format("`{}` is not {}", segment, describe(context_, type)));
        row.when = checker_.is(by_, *value, node_.from->span);
        return present(row.when);
    }

    static std::string_view shown(std::string_view segment) {
        return segment.empty() ? "all others" : segment;
    }
    static bool meet(const Effective& left, const Effective& right) {
        const auto ends_before = [](const Effective& one, const Effective& other) {
            return one.until && other.from && *one.until <= *other.from;
        };
        return !ends_before(left, right) && !ends_before(right, left);
    }

    // Narrows the range of a file's row to that of the declaration; false where they do not meet.
    bool within_own_range(Effective& range) const {
        if (effective_.from && (!range.from || *range.from < *effective_.from))
            range.from = effective_.from;
        if (effective_.until && (!range.until || *effective_.until < *range.until))
            range.until = effective_.until;
        return !range.from || !range.until || *range.from < *range.until;
    }

    Context& context_;
    const ast::File& file_;
    const ast::Rates& node_;
    Rates& rates_;
    Effective effective_;
    Checker checker_;
    ExprId by_ = kNothing;
    std::vector<Value> seen_; // values that have a segment
};

} // namespace

void build_rates(Context& context) {
    context.each<ast::Rates>([&](const ast::File& file, const ast::Rates& node) {
        auto& all = context.book.rates;
        if (all.empty() || all.back().name != node.head.name.text) // they come by name
            all.emplace_back().name = node.head.name.text;
        Rates& rates = all.back();
        if (!RatesBuilder(context, file, node, rates).build())
            rates.erroneous = true;
    });
    for (const Rates& rates : context.book.rates)
        check_versions_apart(context, rates.name, rates.ranges, rates.spans);
}

} // namespace rulec::model
