// Rules of every kind. What may be repeated in one stands in vectors, in the order of the source.
#pragma once

#include "compiler/syntax/credit_rule.hpp"
#include "compiler/syntax/decision_rule.hpp"
#include "compiler/syntax/fit_rule.hpp"
#include "compiler/syntax/measure_rule.hpp"
#include "compiler/syntax/trigger_rule.hpp"
