#include "runtime/trigger/firing.hpp"

namespace rulebook::trigger {

std::string_view spelling(Status status) {
    switch (status) {
    case Status::None:
        return "";
    case Status::Suppressed:
        return "suppressed";
    case Status::Fired:
        return "fired";
    }
    return "";
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
