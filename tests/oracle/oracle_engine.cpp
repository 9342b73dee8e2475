#include "tests/oracle/engine.hpp"

namespace rulebook::oracle {

Answer answer_of(const plan::Plan& plan, const data::Dataset& dataset, interpret::RowIndex root,
                 const Question& question) {
    return answer(plan, dataset, root, question);
}

} // namespace rulebook::oracle
