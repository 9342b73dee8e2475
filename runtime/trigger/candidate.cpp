#include "runtime/trigger/candidate.hpp"

namespace rulebook::trigger {

std::string_view spelling(Status status) {
    switch (status) {
    case Status::None:
        return "";
    case Status::Suppressed:
        return "suppressed";
    case Status::Control:
        return "control";
    case Status::Fired:
        return "fired";
    }
    return "";
}

std::string_view spelling(Occasion occasion) {
    switch (occasion) {
    case Occasion::Event:
        return "event";
    case Occasion::Deadline:
        return "deadline";
    case Occasion::Edge:
        return "edge";
    }
    return "";
}

bool counts(Status status) {
    return status == Status::Fired || status == Status::Control;
}

Status status_of(Verdict verdict) {
    switch (verdict) {
#define RB_VERDICT(Name, id, status, words)                                                        \
    case Verdict::Name:                                                                            \
        return Status::status;
#include "runtime/trigger/verdicts.def"
    }
    return Status::None;
}

std::string_view words(Verdict verdict) {
    switch (verdict) {
#define RB_VERDICT(Name, id, status, words)                                                        \
    case Verdict::Name:                                                                            \
        return words;
#include "runtime/trigger/verdicts.def"
    }
    return "";
}

} // namespace rulebook::trigger
