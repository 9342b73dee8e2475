// The oracle's weights of a model. Internal to this folder.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <gmpxx.h>

#include "tests/credit_oracle/deal.hpp"

namespace rulebook::credit_oracle {

struct ModelWeights {
    std::vector<mpq_class> touches; // a share each
    std::map<int, mpq_class> named; // parties that get a share whatever their touches
};

// None: the model passes.
std::optional<ModelWeights> weigh(const Model& model, const std::vector<Touch>& touches);

} // namespace rulebook::credit_oracle
