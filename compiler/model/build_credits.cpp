// credit: which deals, among which touches, by which model.
#include "compiler/model/credit_splits.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Credit;
using rulebook::plan::Entity;
using rulebook::plan::RuleKind;

class CreditBuilder {
public:
    CreditBuilder(Context& context, std::size_t index, Credit& credit)
        : context_(context), index_(index), file_(*context.credit_nodes[index].file),
          node_(*context.credit_nodes[index].node), credit_(credit) {}

    void build() {
        if (!require_parts() || !build_deals() || !build_touches())
            return;
        Checker checker = deal_checker(false);
        credit_.at = checker.check_as(node_.at, Type::of(TypeKind::Time));
        credit_.divide = checker.check(node_.divide);
        if (present(credit_.divide)) {
            const Expression& divide = context_.book.expressions[credit_.divide];
            amount_type_ = divide.type;
            if (!divide.type.is(TypeKind::Money))
                context_.diagnostics.emit<RB1302>(divide.span, "money",
                                                  describe(context_, divide.type));
        }
        CreditSplits splits(context_, index_, file_, node_, credit_, party_type_);
        splits.build(checker);
        splits.build_floors();
        if (node_.without)
            credit_.without_touches = splits.party(node_.without->party);
        Checker flags = deal_checker(true);
        for (const ast::Flag& flag : node_.flags) {
            if (flag.name.text == rulebook::plan::kNoWeightFlag)
                context_.diagnostics.emit<RB4016>(flag.name.span, flag.name.text);
            if (std::ranges::find(credit_.flags, flag.name.text, &rulebook::plan::Flag::name) !=
                credit_.flags.end())
                context_.diagnostics.emit<RB1003>(flag.name.span, flag.name.text);
            credit_.flags.push_back({flag.name.text, flags.check_condition(flag.when.expression),
                                     source_note(context_, flag.span)});
        }
    }

private:
    bool require_parts() {
        const auto lack = [&](bool there, std::string_view what) {
            if (!there)
                context_.diagnostics.emit<RB4001>(node_.head.name.span, node_.head.name.text, what);
            return there;
        };
        // Not short-circuited: everything that is missing is told at once.
        const bool parts[] = {lack(node_.deals.has_value(), "for DEALS"),
                              lack(node_.at.present(), "at INSTANT"),
                              lack(node_.divide.present(), "divide AMOUNT"),
                              lack(node_.among.has_value(), "among TOUCHES"),
                              lack(node_.parties.present(), "parties FIELD"),
                              lack(!node_.splits.empty(), "split MODEL")};
        return std::ranges::all_of(parts, [](bool part) { return part; });
    }

    Scope rule_scope() const {
        return root_scope(context_.book, kCreditLayer,
                          reader_name(RuleKind::Credit, node_.head.name.text));
    }

    // Bare names are the deal's; `touches` are those that the rule takes.
    Checker deal_checker(bool in_flag) const {
        const Entity& deal = context_.book.schema.entities[credit_.deals];
        Scope scope = rule_scope().inside({credit_.deals, deal.name});
        scope.credit = CreditScope{};
        scope.credit->deals = credit_.deals;
        scope.credit->touches = credit_.touches;
        scope.credit->in_flag = in_flag;
        scope.credit->party_type = party_type_;
        scope.credit->amount_type = amount_type_;
        return Checker(context_, file_, std::move(scope));
    }

    bool build_deals() {
        Checker checker(context_, file_, rule_scope());
        const auto elements = checker.check_elements(*node_.deals, "for");
        if (!elements)
            return false;
        if (!elements->windows.empty())
            context_.diagnostics.emit<RB1316>(node_.deals->windows[0].span, "a window");
        credit_.deals = elements->entity;
        credit_.deal_where = elements->where;
        return true;
    }

    // among touches [where P] [in D before c]
    bool build_touches() {
        const ast::Selection& among = *node_.among;
        const auto* reference = file_.as<ast::NameReference>(among.value);
        const auto entity = reference != nullptr
                                ? context_.book.schema.entity_of_collection(reference->name.text)
                                : std::optional<rulebook::plan::EntityIndex>{};
        if (!entity || context_.book.schema.entities[*entity].parent != context_.book.schema.root) {
            if (file_.as<ast::Erroneous>(among.value) == nullptr)
                context_.diagnostics.emit<RB1308>(file_[among.value].span, "among");
            return false;
        }
        credit_.touches = *entity;
        const Entity& touch = context_.book.schema.entities[*entity];
        if (!touch.visible_from()) {
            context_.diagnostics.emit<RB1311>(among.span, touch.collection,
                                              "no credit can be given to it");
            return false;
        }
        build_lookback(among);
        return build_party_field(touch) && build_filter(among, touch);
    }

    void build_lookback(const ast::Selection& among) {
        for (const ast::Window& window : among.windows) {
            const bool before_close = window.kind == ast::WindowKind::InBefore &&
                                      context_.sources.text(file_[window.instant].span) ==
                                          context_.sources.text(file_[node_.at].span);
            if (!before_close || credit_.lookback) {
                context_.diagnostics.emit<RB1009>(
                    window.span, "windows of `among` other than `in D before` the instant of `at`");
                continue;
            }
            credit_.lookback = literal_span(context_, file_, window.duration);
        }
    }

    bool build_filter(const ast::Selection& among, const Entity& touch) {
        if (!among.where.present())
            return true;
        Checker deal = deal_checker(false);
        Checker checker(context_, file_, deal.scope().inside({credit_.touches, touch.name}));
        credit_.touch_where = checker.check_condition(among.where);
        return present(credit_.touch_where);
    }

    bool build_party_field(const Entity& touch) {
        const auto* reference = file_.as<ast::NameReference>(node_.parties);
        const auto field = reference != nullptr ? touch.field_named(reference->name.text)
                                                : std::optional<rulebook::plan::FieldIndex>{};
        const Span span = file_[node_.parties].span;
        if (!field) {
            auto& report =
                context_.diagnostics.emit<RB1205>(span, touch.name, context_.sources.text(span));
            std::vector<std::string> names;
            for (const auto& known : touch.fields)
                names.push_back(known.name);
            suggest(report, span, context_.sources.text(span), names);
            return false;
        }
        credit_.party_field = *field;
        if (context_.is_erroneous(credit_.touches, *field))
            return false;
        party_type_ = touch.fields[*field].type;
        if (party_type_.is(TypeKind::Enum) || party_type_.is(TypeKind::Text))
            return true;
        context_.diagnostics.emit<RB1302>(span, "a text or an enum",
                                          describe(context_, party_type_));
        return false;
    }

    Context& context_;
    std::size_t index_; // in Rulebook::credits
    const ast::File& file_;
    const ast::Credit& node_;
    Credit& credit_;
    Type party_type_;
    Type amount_type_;
};

} // namespace

void build_credits(Context& context) {
    for (std::size_t i = 0; i < context.credit_nodes.size(); ++i) {
        Credit credit = context.book.credits[i];
        CreditBuilder(context, i, credit).build();
        context.book.credits[i] = std::move(credit);
    }
}

} // namespace rulec::model
