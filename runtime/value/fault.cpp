#include "runtime/value/fault.hpp"

namespace rulebook {

std::string_view words(Fault fault) {
    switch (fault) {
#define RB_FAULT(Name, words)                                                                      \
    case Fault::Name:                                                                              \
        return words;
#include "runtime/value/faults.def"
    }
    return "cannot be read";
}

} // namespace rulebook
