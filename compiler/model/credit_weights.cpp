// Splits that weigh touches: milestones, decay, weights of keys, learnt weights.
#include "compiler/model/credit_splits.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/shell_word.hpp"
#include "compiler/model/credit_parts.hpp"

namespace rulec::model {

using rulebook::plan::ExactWeight;
using rulebook::plan::KeyWeight;
using rulebook::plan::MilestoneShare;
using rulebook::plan::SplitModel;

namespace {

void sort_by_key(std::vector<KeyWeight>& weights) {
    std::ranges::sort(weights, [](const KeyWeight& left, const KeyWeight& right) {
        return left.key < right.key;
    });
}

bool has_key(const std::vector<KeyWeight>& weights, const Value& key) {
    return std::ranges::find(weights, key, &KeyWeight::key) != weights.end();
}

} // namespace

void CreditSplits::fill(const ast::MilestonesSplit& node, Split& split, Span span) {
    split.model = SplitModel::Milestones;
    bool others = false;
    for (const ast::Milestone& milestone : node.milestones) {
        if (milestone.kind != ast::Milestone::Kind::Others) {
            add_milestone(milestone, split);
            continue;
        }
        if (others)
            context_.diagnostics.emit<RB4011>(milestone.span, "others");
        others = true;
        split.others = share(milestone.share);
    }
    std::int64_t total = split.others;
    for (const MilestoneShare& milestone : split.milestones)
        total += milestone.share;
    check_total(total, span);
}

void CreditSplits::add_milestone(const ast::Milestone& node, Split& split) {
    MilestoneShare made;
    if (node.kind == ast::Milestone::Kind::First) {
        made.name = "first";
        for (const MilestoneShare& other : split.milestones)
            if (other.instant == kNothing)
                context_.diagnostics.emit<RB4011>(node.span, "first");
    } else {
        made.instant = checker_->check_instant(node.instant);
        made.name = source_note(context_, file_[node.instant].span).text;
    }
    made.share = share(node.share);
    split.milestones.push_back(std::move(made));
}

void CreditSplits::fill(const ast::DecaySplit& node, Split& split, Span) {
    split.model = SplitModel::Decay;
    split.halving_microseconds = literal_length(context_, file_, node.halving_every).value_or(1);
}

void CreditSplits::fill(const ast::WeightsSplit& node, Split& split, Span) {
    split.model = SplitModel::Weights;
    split.by = touch_field(node.by);
    if (!split.by)
        return;
    const Type type = context_.book.schema.entities[credit_.touches].fields[*split.by].type;
    if (!type.is(TypeKind::Text) && !type.is(TypeKind::Enum)) {
        if (!context_.is_erroneous(credit_.touches, *split.by))
            context_.diagnostics.emit<RB1302>(node.by.span, "a text or an enum",
                                              describe(context_, type));
        return;
    }
    for (const ast::KeyedWeight& written : node.weights) {
        const Value key = key_value(context_, type, written.key);
        const auto weight = literal_weight(context_, file_, written.weight);
        if (has_key(split.weights, key))
            context_.diagnostics.emit<RB4011>(written.span, written.key.text);
        else if (key.known() && weight)
            split.weights.push_back({key, *weight});
    }
    if (node.otherwise.present())
        split.otherwise = literal_weight(context_, file_, node.otherwise);
    sort_by_key(split.weights);
}

void CreditSplits::fill(const ast::MarkovSplit& node, Split& split, Span) {
    split.model = SplitModel::Markov;
    split.by = credit_.party_field;
    split.file = node.path.value;
    const auto file = read_weights_file(context_, node.path, node_.head.name.text);
    if (!file)
        return;
    split.file_missing = file->missing;
    if (file->missing)
        context_.diagnostics.emit<RB4015>(
            node.path.span, node.path.value, shell_word(context_.sources.folder()),
            node_.head.name.text, shell_word(context_.sources.path_in_folder(node.path.value)));
    else
        context_.book.learnt_weights.push_back({.credit = index_,
                                                .split = credit_.splits.size(),
                                                .rule = node_.head.name.text,
                                                .path = node.path.value,
                                                .rule_hash = file->rule_hash,
                                                .span = node.path.span});
    for (const WeightsFile::Weight& each : file->weights)
        add_learnt_weight(node.path, each.party, each.weight, split);
    sort_by_key(split.weights);
}

void CreditSplits::add_learnt_weight(const ast::Text& path, const std::string& party,
                                     ExactWeight weight, Split& split) {
    const auto refuse = [&](std::string_view what) {
        context_.diagnostics
            .emit<RB4013>(path.span, path.value, fmt::format("`{}` {}", party, what))
            .help(how_to_learn(context_, path, node_.head.name.text));
    };
    Value key = Value::of(party);
    if (party_type_.is(TypeKind::Enum)) {
        const auto value = enum_value(context_, party_type_, party);
        if (!value)
            return refuse(fmt::format("is not {}", describe(context_, party_type_)));
        key = Value::of(*value);
    }
    if (has_key(split.weights, key))
        return refuse("stands twice");
    split.weights.push_back({key, weight});
}

} // namespace rulec::model
