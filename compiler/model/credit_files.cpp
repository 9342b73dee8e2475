// The JSON files that credit rules name: rates and learnt weights. Their formats are documented in
// grammar/CREDIT_FILES.md.
#include "compiler/model/credit_parts.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/shell_word.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::model {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kRatesFormat = "rulebook-rates/1";
constexpr std::string_view kWeightsFormat = "rulebook-credit-weights/1";

// Listens to the parser, which of two members of one name would keep the last.
struct DoubledMember {
    std::vector<std::set<std::string>> objects; // that are open: their members so far
    std::string name;                           // the first one that stands twice

    bool operator()(int, Json::parse_event_t event, const Json& parsed) {
        if (event == Json::parse_event_t::object_start)
            objects.emplace_back();
        else if (event == Json::parse_event_t::object_end)
            objects.pop_back();
        else if (event == Json::parse_event_t::key && name.empty() &&
                 !objects.back().insert(parsed.get<std::string>()).second)
            name = parsed.get<std::string>();
        return true;
    }
};

// A JSON document with what is wrong in it, by place. Never throws.
class Document {
public:
    // `help`: what to do about whatever is wrong in it; may be empty.
    Document(Context& context, const ast::Text& path, std::string help = {})
        : context_(context), path_(path), help_(std::move(help)) {}

    // False after a report.
    // `further`: a member that the object may have beside its list.
    bool parse(const std::string& content, std::string_view format, std::string_view list,
               std::string_view further = "version") {
        DoubledMember doubled;
        root_ = Json::parse(content, std::ref(doubled), false);
        if (root_.is_discarded())
            return refuse("it is no JSON");
        if (!doubled.name.empty())
            return refuse(fmt::format("an object has `{}` twice", doubled.name));
        if (!root_.is_object() || text(root_, "format") != format)
            return refuse(fmt::format("it does not say `\"format\": \"{}\"`", format));
        list_name_ = list;
        const auto found = root_.find(list);
        if (found == root_.end() || !found->is_array())
            return refuse(fmt::format("it has no list `{}`", list));
        list_ = &*found;
        for (const auto& [member, value] : root_.items())
            if (member != "format" && member != "version" && member != list && member != further)
                return refuse(fmt::format("`{}` is not known", member));
        for (const Json& each : *list_)
            if (!each.is_object())
                return refuse(fmt::format("`{}` holds something that is no object", list));
        return true;
    }

    // Whether a row has no other members; reports the first that it has.
    bool has_only(std::size_t row, std::initializer_list<std::string_view> known) {
        for (const auto& [member, value] : (*list_)[row].items())
            if (std::ranges::find(known, std::string_view(member)) == known.end())
                return refuse(row, member, "is not known");
        return true;
    }

    const Json& list() const { return *list_; }
    const Json& root() const { return root_; }

    bool refuse(std::string_view what) {
        auto& report = context_.diagnostics.emit<RB4013>(path_.span, path_.value, what);
        if (!help_.empty())
            report.help(help_);
        return false;
    }
    bool refuse(std::size_t row, std::string_view member, std::string_view what) {
        return refuse(fmt::format("`{}[{}].{}` {}", list_name_, row, member, what));
    }

    // The text of a member; nothing where it is another thing or not there.
    static std::optional<std::string> text(const Json& object, std::string_view member) {
        const auto found = object.find(member);
        if (found == object.end() || !found->is_string())
            return std::nullopt;
        return found->get<std::string>();
    }
    static bool has(const Json& object, std::string_view member) {
        const auto found = object.find(member);
        return found != object.end() && !found->is_null();
    }

private:
    Context& context_;
    const ast::Text& path_;
    std::string help_;
    Json root_;
    const Json* list_ = nullptr;
    std::string_view list_name_;
};

// The members of one row of a file of rates.
class RatesRowReader {
public:
    RatesRowReader(Context& context, Document& document, std::size_t row)
        : context_(context), document_(document), row_(row), object_(document.list()[row]) {}

    bool read(RatesFileRow& row) {
        if (!document_.has_only(row_,
                                {"segment", "from", "until", "unassisted", "assisted", "note"}))
            return false;
        if (Document::has(object_, "segment")) {
            row.segment = Document::text(object_, "segment");
            if (!row.segment)
                return document_.refuse(row_, "segment", "is no text");
        }
        return instant("from", row.effective.from) && instant("until", row.effective.until) &&
               rate("unassisted", row.unassisted) && rate("assisted", row.assisted);
    }

private:
    bool instant(std::string_view member, std::optional<std::int64_t>& instant) {
        if (!Document::has(object_, member))
            return true;
        const auto written = Document::text(object_, member);
        if (!written)
            return document_.refuse(row_, member, kNoDate);
        const auto date = rulebook::read_date(*written);
        if (!date)
            return document_.refuse(row_, member, kNoDate);
        instant = rulebook::time::start_of_day(*context_.zone, *date).microseconds;
        return true;
    }

    static constexpr std::string_view kNoDate = "is no date such as \"2026-01-31\"";

    // `"5%"`; null: not known. A member that is left out would be a slip.
    bool rate(std::string_view member, std::optional<std::int64_t>& rate) {
        if (!object_.contains(member))
            return document_.refuse(row_, member, "is missing; `null` says that it is not known");
        if (!Document::has(object_, member))
            return true;
        const auto written = Document::text(object_, member);
        if (!written || !written->ends_with('%'))
            return document_.refuse(row_, member, "is no text such as \"12.5%\"");
        const auto percent = rulebook::read_percent(*written, rulebook::PercentWriting::Whole);
        if (!percent)
            return document_.refuse(row_, member, rulebook::words(percent.error()));
        if (*percent < 0 || *percent > rulebook::kMillionthsPerOne)
            return document_.refuse(row_, member, "is not between 0% and 100%");
        rate = *percent;
        return true;
    }

    Context& context_;
    Document& document_;
    std::size_t row_;
    const Json& object_;
};

} // namespace

std::optional<std::vector<RatesFileRow>> read_rates_file(Context& context, const ast::Text& path) {
    const auto content = context.read(path.value);
    if (!content) {
        context.diagnostics.emit<RB1108>(path.span, path.value, content.error().message);
        return std::nullopt;
    }
    Document document(context, path);
    if (!document.parse(*content, kRatesFormat, "rates"))
        return std::nullopt;
    std::vector<RatesFileRow> rows;
    for (std::size_t row = 0; row < document.list().size(); ++row)
        if (!RatesRowReader(context, document, row).read(rows.emplace_back()))
            return std::nullopt;
    return rows;
}

std::string how_to_learn(const Context& context, const ast::Text& path, std::string_view rule) {
    return fmt::format(
        "mend it, or learn the weights anew: `rulec learn-credit {} --data DATA --rule {} -o {}`",
        shell_word(context.sources.folder()), rule,
        shell_word(context.sources.path_in_folder(path.value)));
}

std::optional<WeightsFile> read_weights_file(Context& context, const ast::Text& path,
                                             std::string_view rule) {
    WeightsFile file;
    const auto content = context.read(path.value);
    if (!content && content.error().code == "file.missing") {
        file.missing = true;
        return file;
    }
    if (!content) {
        context.diagnostics.emit<RB1108>(path.span, path.value, content.error().message);
        return std::nullopt;
    }
    Document document(context, path, how_to_learn(context, path, rule));
    if (!document.parse(*content, kWeightsFormat, "weights", "learnt"))
        return std::nullopt;
    if (const auto learnt = document.root().find("learnt"); learnt != document.root().end()) {
        const auto rule_hash =
            learnt->is_object() ? Document::text(*learnt, "rule_hash") : std::nullopt;
        if (!learnt->is_object() || (learnt->contains("rule_hash") && !rule_hash)) {
            document.refuse(learnt->is_object() ? "`learnt.rule_hash` is no text"
                                                : "`learnt` is no object");
            return std::nullopt;
        }
        file.rule_hash = rule_hash.value_or("");
    }
    for (std::size_t row = 0; row < document.list().size(); ++row) {
        const Json& object = document.list()[row];
        if (!document.has_only(row,
                               {"party", "omega", "removal_effect", "journeys", "conversions"}))
            return std::nullopt;
        const auto party = Document::text(object, "party");
        const auto omega = Document::text(object, "omega");
        if (!party || !omega) {
            document.refuse(row, party ? "omega" : "party",
                            party ? "is no text with a number" : "is no text");
            return std::nullopt;
        }
        const auto weight = exact_weight(*omega);
        if (!weight) {
            document.refuse(row, "omega", weight.error());
            return std::nullopt;
        }
        file.weights.push_back({*party, *weight});
    }
    return file;
}

} // namespace rulec::model
