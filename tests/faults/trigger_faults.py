"""Faults of the machines in runtime/trigger, and of how runtime/interpret follows conditions for them, each of which the tests must notice.

A fault is one place in the source and what stands there instead. Where the source changes so that the place is not found any more
(exactly once), plant_faults.py fails: the fault is then written anew.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    name: str
    file: str  # below the folder
    before: str
    after: str
    folder: str = "runtime/trigger"

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.file}"


FAULTS = [
    Fault("`within D` excludes its end", "extent.cpp",
          "return end - start <= extent.microseconds;",
          "return end - start < extent.microseconds;"),
    Fault("events of one instant without sequence come one after the other, as the input has them", "pattern_machine.cpp",
          "if (follows && previous->sequence == event.sequence)\n        return;\n"
          "    const bool in_order = follows && previous->sequence && event.sequence;",
          "const bool in_order = follows;"),
    Fault("the first start counts", "pattern_machine.cpp",
          "completion->start = std::max(completion->start, whole.start_time());",
          "completion->start = std::min(completion->start, whole.start_time());"),
    Fault("the completing event is the first of the instant", "pattern_machine.cpp",
          "completion->completing = i;",
          ""),
    Fault("a value that comes again keeps its first event", "recent_matches.cpp",
          "forget(earlier->second);",
          "return;"),
    Fault("an unknown value differs from all others", "pattern_machine.cpp",
          "if (!key->known())\n            return;",
          ""),
    Fault("expiry is an hour early", "pattern_machine.cpp",
          "!extents.within(extent, start, instant, surroundings);",
          "!extents.within(extent, start, instant + 3'600'000'000, surroundings);"),
    Fault("a wait of calendar days ends a day late", "extent.cpp",
          "return interpret::end_of_window(*zone_, calendar_span(extent), opening);",
          "return interpret::end_of_window(*zone_, calendar_span(extent), opening + 86'400'000'000);"),
    Fault("P does not start afresh when a wait opens", "without_machine.cpp",
          "    pattern_.consume();\n}\n\nbool",
          "}\n\nbool"),
    Fault("an event at the deadline of a wait comes too late", "without_machine.cpp",
          "if (instant > wait_->deadline ||",
          "if (instant >= wait_->deadline ||"),
    Fault("an event at the deadline of calendar days is in time", "without_machine.cpp",
          "!Extents::includes_deadline(shape_->on->wait)",
          "false"),
    Fault("sequence does not matter where a wait opens", "without_machine.cpp",
          "return !ordered || *event.sequence > *wait_->sequence;",
          "return true;"),
    Fault("an event at its deadline does not end a silence", "silence_machine.cpp",
          "return event.is_any_of(shape_->on->absent);",
          "return deadline_ != moment.instant && event.is_any_of(shape_->on->absent);"),
    Fault("a clock whose time has passed strikes late", "clock_machine.cpp",
          "if (due_ && *due_ < instant)\n        due_.reset();",
          ""),
    Fault("what lasts need not be true at the end", "becomes_machine.cpp",
          "if (!truth_)\n        due_.reset();",
          "if (!truth_ && due_ != instant)\n        due_.reset();"),
    Fault("holidays are working days", "working_time.cpp",
          "!std::ranges::binary_search(calendar.holidays, std::int64_t{date.days})",
          "date.days > 0"),
    Fault("a suppressed firing consumes nothing", "account_machine.cpp",
          "if (candidate.status() == Status::None)\n        return;",
          "if (!counts(candidate.status()))\n        return;"),
    Fault("a control has fired", "account_machine.cpp",
          "if (candidate.status() != Status::Fired)\n        return;",
          ""),
    Fault("what fired a microsecond ago has not fired yet", "account_machine.cpp",
          "std::ranges::upper_bound(instants, until)",
          "std::ranges::lower_bound(instants, until)"),
    Fault("what fired for one account has fired for the next", "account_machine.cpp",
          "rule.fired.clear();",
          ";"),
    Fault("a version consumes for itself only", "account_machine.cpp",
          "for (VersionState& version : state.versions)\n        version.machine.consume();",
          "for (VersionState& version : state.versions)\n        if (version.shape->index == candidate.version)\n"
          "            version.machine.consume();"),
    Fault("a cooldown includes its end", "rhythm.cpp",
          "counted_.back() < cooldown;",
          "counted_.back() <= cooldown;"),
    Fault("`at most` counts what lies just before its window", "rhythm.cpp",
          "counted_[counted_.size() - count] < limit.per;",
          "counted_[counted_.size() - count] <= limit.per;"),
    Fault("an unknown `unless` lets through", "judgement.cpp",
          "if (!judged.back().is_false())",
          "if (judged.back().is_true())"),
    Fault("an exempt firing does not count for the others", "judgement.cpp",
          "    if (trigger.policy)\n        policies_[*trigger.policy].count(candidate.instant);",
          "    if (trigger.policy &&\n"
          "        !std::ranges::binary_search(shapes_->plan().policies[*trigger.policy].exempt, candidate.rule))\n"
          "        policies_[*trigger.policy].count(candidate.instant);"),
    Fault("`prefer` is not asked", "judgement.cpp",
          "std::ranges::sort(in_order",
          "if (false)\n        std::ranges::sort(in_order"),
    # What `becomes` asks of collections is carried on from instant to instant.
    Fault("what leaves a window stays in its total", "run_of_rows.cpp",
          "const RowIndex first = place(std::ranges::lower_bound(all, instants->first));",
          "const RowIndex first = rows.first;", "runtime/interpret"),
    Fault("the end of a window is not inside it", "run_of_rows.cpp",
          "place(std::ranges::upper_bound(all, std::min(instants->last, evaluation.instant())))",
          "place(std::ranges::lower_bound(all, std::min(instants->last, evaluation.instant())))", "runtime/interpret"),
    Fault("an element that changes is asked a microsecond late", "changing_elements.cpp",
          "queue_.begin()->first <= evaluation.instant()",
          "queue_.begin()->first < evaluation.instant()", "runtime/interpret"),
    Fault("an element that ceases to count is counted on", "changing_elements.cpp",
          "if (found->second.part)\n        totals.remove(*found->second.part);",
          "", "runtime/interpret"),
    Fault("elements are not asked again where the account changes", "changing_elements.cpp",
          "started_ && inputs == inputs_ &&",
          "started_ &&", "runtime/interpret"),
    Fault("a value that was there twice is gone with the first", "totals.cpp",
          "--found->second == 0)\n                times_.erase(found);",
          "found != times_.end())\n                times_.erase(found);", "runtime/interpret"),
    Fault("thirds add up as if nothing were rounded", "number_sum.cpp",
          "double sum = settled_;\n    for (const auto& [place, number] : numbers_)\n        sum += number;",
          "double sum = 0.0;\n    for (auto at = numbers_.rbegin(); at != numbers_.rend(); ++at)\n        sum += at->second;\n"
          "    sum += settled_;", "runtime/interpret"),
    Fault("points that fade are not looked at below ten", "holds_until.cpp",
          "!(result.truth.known() && result.points == 0)",
          "!(result.truth.known() && result.points < 1000)", "runtime/interpret"),
]
