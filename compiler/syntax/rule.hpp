// Rules: fit, decide and motion, table, trigger with its calendars and policies, rates, credit,
// measure, roi. What may be repeated stands in vectors, in the order of the source.
#pragma once

#include "compiler/syntax/declaration.hpp"
#include "compiler/syntax/pattern.hpp"

namespace rulec::ast {

// What every rule may say, wherever inside its braces.
struct RuleHead {
    Name name;
    EffectiveRange effective;
    std::vector<Name> owners;
    std::optional<Text> doc;
    std::vector<Allow> allows;
    Span span; // the whole declaration
};

// `when P because "…"`
struct Condition {
    ExprId expression;
    std::optional<Text> because;
    Span span;
};

// --- fit -----------------------------------------------------------------------------------------

// `out when P because "…"`
struct OutWhen {
    Condition when;
    Span span;
};

// `at least A points at most B points`
struct PointLimits {
    ExprId at_least;
    ExprId at_most;
};

// `points 30 when P`
struct PointsWhen {
    ExprId points;
    ExprId condition;
};

// `points 0 to 10 as X goes from 1 to 10`
struct PointsAlong {
    ExprId points_from;
    ExprId points_to;
    ExprId value;
    ExprId value_from;
    ExprId value_to;
};

enum class Fading : std::uint8_t { None, Halving, Losing };

// `points 3 for each of C halving every D at most 15 points`; `losing 5 every 7 days`
struct PointsForEach {
    ExprId points;
    Selection elements;
    Fading fading = Fading::None;
    ExprId every;
    ExprId losing;
    PointLimits limits;
};

struct PointsClause {
    std::variant<PointsWhen, PointsAlong, PointsForEach> node;
    std::optional<Text> because;
    Span span;
};

// `group firmographics at most 50 points { … }`
struct PointsGroup {
    Name name;
    PointLimits limits;
    std::vector<PointsClause> clauses;
    Span span;
};

using FitClause = std::variant<OutWhen, PointsClause, PointsGroup>;

// `score 0 to 100`
struct ScoreClause {
    ExprId low;
    ExprId high;
    Span span;
};

// `A from 80`; the last one may be `D otherwise`: then without `from`.
struct Tier {
    Name name;
    ExprId from;
    Span span;
};

struct Fit {
    RuleHead head;
    std::vector<FitClause> clauses;
    std::optional<ScoreClause> score;
    std::vector<Tier> tiers;
    Span tier_span; // of the clause; nowhere without one
};

// --- decisions and tables ------------------------------------------------------------------------

// `choose X when P because "…"`, `choose X otherwise`
struct Choice {
    ExprId value;
    ExprId when; // absent for otherwise
    bool otherwise = false;
    std::optional<Text> because;
    Span span;
};

// `motion` is a decision whose type is left out.
struct Decide {
    RuleHead head;
    bool motion = false;
    std::optional<TypeReference> type;
    std::vector<Choice> choices;
};

enum class CellKind : std::uint8_t {
    Any,       // `any`
    Test,      // a test of the column's value
    When,      // `when` and a free condition
    Erroneous, // empty or wrong, and reported
};

struct ConditionCell {
    CellKind kind = CellKind::Any;
    ExprId test; // Test: over ColumnValue; When: the condition
    Span span;
};

// `| a | b || x | y | "because" |`
struct TableRow {
    bool otherwise = false;           // one cell over all condition columns
    std::vector<ConditionCell> cells; // as many as columns, none for otherwise
    std::vector<ExprId> outputs;      // as many as outputs; Erroneous where one is missing
    std::optional<Text> because;
    std::uint32_t line = 1;
    Span span;
};

// What `table` and `rates` share. `outputs` are the heads behind `||`, without `because`.
struct TableBody {
    std::vector<ExprId> columns;
    std::vector<Name> outputs;
    bool has_because = false;
    std::vector<TableRow> rows;
    Span head_span;
};

enum class HitPolicy : std::uint8_t { First, Unique, Any, Priority, Collect };
enum class CollectFunction : std::uint8_t { None, Sum, Min, Max, Count };

struct HitClause {
    HitPolicy policy = HitPolicy::First;
    CollectFunction collect = CollectFunction::None;
    Span span;
};

struct Table {
    RuleHead head;
    std::vector<Parameter> outputs; // `-> (offer: plan, discount: percent)`
    std::optional<HitClause> hit;
    TableBody body;
};

// --- triggers ------------------------------------------------------------------------------------

// Seven days from Monday: bit 0 is Monday.
struct WorkingDays {
    std::uint8_t mask = 0;
    Span span;
};

// Minutes since midnight, [from, to).
struct WorkingHours {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    Span span;
};

struct Calendar {
    Name name;
    ExprId zone; // a text literal or a field
    std::optional<WorkingDays> days;
    std::vector<WorkingHours> hours;
    std::optional<Text> holidays;
    Span span;
};

// `at most N per D`
struct Frequency {
    ExprId count;
    ExprId per;
    Span span;
};

// `control group 10%`
struct ControlGroup {
    ExprId share;
    Span span;
};

struct Policy {
    Name name;
    std::vector<Name> owners;
    std::optional<Text> doc;
    std::vector<Allow> allows;
    std::vector<Condition> suppress;
    std::vector<Frequency> limits;
    std::vector<Name> prefer;
    std::vector<Name> exempt;
    std::optional<ControlGroup> control;
    std::optional<Text> salt;
    Span span;
};

struct Cooldown {
    ExprId duration;
    Span span;
};

struct Trigger {
    RuleHead head;
    Name policy;
    PatternId on;
    std::optional<Condition> when;
    std::vector<Condition> unless;
    Span once;      // nowhere if not written
    Span each_time; // nowhere if not written
    std::optional<Cooldown> cooldown;
    std::vector<Frequency> limits;
    std::optional<ControlGroup> control;
    std::optional<Text> salt;
    ExprId say; // TextLiteral or TextTemplate
};

// --- credit --------------------------------------------------------------------------------------

struct Rate {
    Name name;
    ExprId value;
    Span span;
};

// One of the three: literals, a table by segment, a file.
struct Rates {
    RuleHead head;
    std::vector<Rate> literals;
    std::optional<TableBody> table;
    std::optional<Text> from;
};

struct FirstSplit {};
struct LastSplit {};

// `equal`, `equal(by channel)`
struct EqualSplit {
    Name by;
};

struct PositionSplit {
    ExprId first;
    ExprId middle;
    ExprId last;
};

// `first 30%` has neither instant nor others.
struct Milestone {
    enum class Kind : std::uint8_t { First, Instant, Others };
    Kind kind = Kind::First;
    ExprId instant;
    ExprId share;
    Span span;
};

struct MilestonesSplit {
    std::vector<Milestone> milestones;
};

struct DecaySplit {
    ExprId halving_every;
};

// `"ads" 3`, `sales_assisted 2`; Party::quoted tells text from name.
struct KeyedWeight {
    Party key;
    ExprId weight;
    Span span;
};

struct WeightsSplit {
    Name by;
    std::vector<KeyedWeight> weights;
    ExprId otherwise;
};

struct FixedSplit {
    std::vector<KeyedWeight> shares;
};

// `incremental(R) to P, rest to Q`; `rest by equal` leaves rest_to empty.
struct IncrementalSplit {
    Name rates;
    Party to;
    std::optional<Party> rest_to;
};

struct MarkovSplit {
    Text path;
};

struct ErroneousSplit {};

using SplitModel =
    std::variant<ErroneousSplit, FirstSplit, LastSplit, EqualSplit, PositionSplit, MilestonesSplit,
                 DecaySplit, WeightsSplit, FixedSplit, IncrementalSplit, MarkovSplit>;

struct Split {
    SplitModel model;
    ExprId when; // absent: always, or `otherwise`
    bool otherwise = false;
    std::optional<Text> because;
    Span model_span;
    Span span;
};

// `at least 10% to P`
struct Floor {
    ExprId share;
    Party party;
    Span span;
};

// `without touches to P`
struct Touchless {
    Name collection;
    Party party;
    Span span;
};

// `flag F when P because "…"`
struct Flag {
    Name name;
    Condition when;
    Span span;
};

struct Credit {
    RuleHead head;
    std::optional<Selection> deals; // for
    ExprId at;
    ExprId divide;
    std::optional<Selection> among;
    ExprId parties;
    std::vector<Split> splits;
    std::vector<Floor> floors;
    std::optional<Touchless> without;
    std::vector<Flag> flags;
};

// --- measures ------------------------------------------------------------------------------------

// `rate deals where P within 60 days by closed_at`
struct MeasuredRate {
    Selection records; // windows unused, `by` filled
    ExprId within;
    Span span;
};

enum class WatchDirection : std::uint8_t { Drop, Rise };

// `watch drop of 20% over 28 days confidence 95%`
struct Watch {
    WatchDirection direction = WatchDirection::Drop;
    ExprId change;
    ExprId over;
    ExprId confidence;
    Span span;
};

struct Measure {
    RuleHead head;
    ExprId of; // a Fired
    std::optional<MeasuredRate> rate;
    std::vector<ExprId> per;
    Span compare_control; // nowhere if not written
    std::vector<Watch> watches;
};

struct DealVolume {
    ExprId count;
    DurationUnit per = DurationUnit::Month;
    Span span;
};

enum class Staffing : std::uint8_t { ForAdditional, ForAllAssisted };

struct Roi {
    RuleHead head;
    Name rates;
    std::optional<DealVolume> deals;
    ExprId acv;
    std::optional<DealVolume> rep_closes;
    ExprId ote;
    ExprId target;
    std::optional<Staffing> staff;
    Span staff_span;
};

} // namespace rulec::ast
