// The records that generated rulebooks are about: every type and every mark.
#pragma once

#include <string_view>

namespace rulebook::generator {

inline constexpr std::string_view kSchemaText = R"(
rulebook generated {
  version "1"  timezone "America/New_York"  currency USD  about account
  allow RB1701 because "untracked fields are part of the game"
}
team sales { name "Sales" }
enum plan ordered { free, basic, team, enterprise }
entity account {
  id         : text key
  started_at : time origin
  seats      : int?  in 0 to 1_000
  weight     : int
  ratio      : number?
  discount   : percent?
  revenue    : money?
  email      : text?
  company    : text?
  active     : bool?
  renewal    : date?
  trial_ends : time?
  region     : enum { north, south, east }? fixed
  plan       : plan? tracked
  limit      : int? tracked
  euros      : money(EUR)?
  yen        : money(JPY)?
}
entity user of account as users known from joined_at {
  id : text key  joined_at : time  title : text?  logins : int?
}
entity event of account as events ordered by at {
  at : time  seq : int? sequence  name : text  amount : number?
}
entity touch of account as touches ordered by at { at : time  channel : text?  cost : money? }
entity deal of account as deals known from created_at {
  id         : text key
  created_at : time
  closed_at  : time? known from closed_at
  status     : enum { open, won, lost } known from closed_at, open before
  amount     : money
}
entity line of deal as lines { id : text key  price : money?  quantity : int }
)";

} // namespace rulebook::generator
