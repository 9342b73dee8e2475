#include "compiler/model/rulebook.hpp"

namespace rulec::model {

Rulebook::Rulebook() = default;
Rulebook::Rulebook(const Rulebook&) = default;
Rulebook::Rulebook(Rulebook&&) noexcept = default;
Rulebook& Rulebook::operator=(const Rulebook&) = default;
Rulebook& Rulebook::operator=(Rulebook&&) noexcept = default;
Rulebook::~Rulebook() = default;

} // namespace rulec::model
