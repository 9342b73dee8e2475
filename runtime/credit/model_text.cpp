#include "runtime/credit/model_text.hpp"

#include <vector>

#include "runtime/interpret/readable.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::credit {

using plan::SplitModel;

namespace {

class Writer {
public:
    Writer(const plan::Plan& plan, const plan::Credit& credit, const plan::Split& split)
        : schema_(plan.schema), touch_(schema_.entities[credit.touches]), split_(split),
          party_type_(touch_.fields[credit.party_field].type) {}

    std::string arguments() const {
        switch (split_.model) {
        case SplitModel::First:
        case SplitModel::Last:
            return {};
        case SplitModel::Equal:
            return split_.by ? in_brackets({"by " + field_name()}) : "";
        case SplitModel::Position:
            return in_brackets({"first " + percent(split_.first),
                                "middle " + percent(split_.middle),
                                "last " + percent(split_.last)});
        case SplitModel::Milestones:
            return milestones();
        case SplitModel::Decay:
            return in_brackets({"halving every " + duration(split_.halving_microseconds)});
        case SplitModel::Weights:
            return weights();
        case SplitModel::Fixed:
            return fixed();
        case SplitModel::Incremental:
            return in_brackets({split_.rates_name}) + " to " + party(split_.assisted_party) +
                   (split_.rest_party.known() ? ", rest to " + party(split_.rest_party)
                                              : ", rest by equal");
        case SplitModel::Markov:
            return in_brackets({'"' + split_.file + '"'});
        }
        return {};
    }

private:
    static std::string in_brackets(const std::vector<std::string>& parts) {
        std::string text;
        for (const std::string& part : parts)
            text += (text.empty() ? "(" : ", ") + part;
        return text + ')';
    }
    static std::string percent(std::int64_t millionths) {
        std::string text;
        append_percent_sign(text, millionths);
        return text;
    }
    static std::string duration(std::int64_t microseconds) {
        std::string text;
        append_duration(text, microseconds);
        return text;
    }
    std::string readable(plan::Type type, const plan::Value& value) const {
        std::string text;
        interpret::append_readable(text, schema_, type, value);
        return text;
    }
    std::string party(const plan::Value& value) const { return readable(party_type_, value); }
    std::string field_name() const { return touch_.fields[*split_.by].name; }

    static std::string decimal(const plan::ExactWeight& weight) {
        std::string text = std::to_string(weight.digits);
        if (weight.decimals == 0)
            return text;
        if (text.size() <= weight.decimals)
            text.insert(0, weight.decimals + 1 - text.size(), '0');
        text.insert(text.size() - weight.decimals, ".");
        return text;
    }

    std::string milestones() const {
        std::vector<std::string> parts;
        for (const plan::MilestoneShare& each : split_.milestones)
            parts.push_back(each.name + ' ' + percent(each.share));
        parts.push_back("others " + percent(split_.others));
        return in_brackets(parts);
    }
    std::string weights() const {
        std::vector<std::string> parts;
        for (const plan::KeyWeight& each : split_.weights)
            parts.push_back(readable(touch_.fields[*split_.by].type, each.key) + ' ' +
                            decimal(each.weight));
        if (split_.otherwise)
            parts.push_back("otherwise " + decimal(*split_.otherwise));
        const std::string by = "by " + field_name();
        if (parts.empty())
            return in_brackets({by});
        parts.front().insert(0, by + ": ");
        return in_brackets(parts);
    }
    std::string fixed() const {
        std::vector<std::string> parts;
        for (const plan::PartyShare& each : split_.shares)
            parts.push_back(party(each.party) + ' ' + percent(each.share));
        return in_brackets(parts);
    }

    const plan::Schema& schema_;
    const plan::Entity& touch_;
    const plan::Split& split_;
    plan::Type party_type_;
};

} // namespace

std::string model_text(const plan::Plan& plan, const plan::Credit& credit,
                       const plan::Split& split) {
    return std::string(plan::spelling(split.model)) + Writer(plan, credit, split).arguments();
}

} // namespace rulebook::credit
