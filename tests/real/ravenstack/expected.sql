-- What the rulebook must give as of {as_of}, computed by DuckDB alone: one row an account.
with raw_usage as (
  select u.usage_id, s.account_id, u.usage_date::timestamp as used_at, s.start_date::timestamp as started_at, u.feature_name,
         u.usage_count::int as times, u.error_count::int as errors,
         count(*) over (partition by u.usage_id) as rows_of_id
  from read_csv('{data}/ravenstack_feature_usage.csv', all_varchar = true) u
  join read_csv('{data}/ravenstack_subscriptions.csv', all_varchar = true) s using (subscription_id)
), used as (
  select account_id, count(*) as usage_rows, count(*) filter (where used_at < started_at) as early_usage,
         sum(errors) as errors, sum(times) as times,
         coalesce(sum(times) filter (where used_at > timestamp '{as_of}' - interval 90 days), 0) as recent,
         count(distinct feature_name) filter (where used_at > timestamp '{as_of}' - interval 90 days) as features
  from raw_usage where rows_of_id = 1 and used_at <= timestamp '{as_of}' group by account_id
), incomplete as (
  select distinct account_id, true as incomplete from raw_usage where rows_of_id > 1
), paying as (
  select account_id, count(*) as paying, sum(mrr_amount::decimal(18, 2)) as recurring
  from read_csv('{data}/ravenstack_subscriptions.csv', all_varchar = true)
  where start_date::timestamp <= timestamp '{as_of}' and is_trial = 'False'
    and (end_date is null or end_date = '' or end_date::timestamp > timestamp '{as_of}')
  group by account_id
), asked as (
  select account_id, avg(nullif(satisfaction_score, '')::double) as satisfaction,
         count(*) filter (where priority in ('high', 'urgent')
                          and submitted_at::timestamp > timestamp '{as_of}' - interval 180 days) as pressing
  from read_csv('{data}/ravenstack_support_tickets.csv', all_varchar = true)
  where submitted_at::timestamp <= timestamp '{as_of}' group by account_id
), departed as (
  select account_id, sum(refund_amount_usd::decimal(18, 2)) as refunded,
         bool_or(churn_date::timestamp > timestamp '{as_of}' - interval 365 days) as lately
  from read_csv('{data}/ravenstack_churn_events.csv', all_varchar = true)
  where churn_date::timestamp <= timestamp '{as_of}' group by account_id
), scored as (
  select *, greatest(0, least(100,
      case when recent >= 100 then 30 else 0 end + case when features >= 10 then 15 else 0 end
    + case when paying >= 5 then 20 else 0 end + case when plan_tier in ('Pro', 'Enterprise') then 15 else 0 end
    - least(20, 2 * coalesce(pressing, 0)) - case when lately then 15 else 0 end
    + case when satisfaction >= 4 then 20 else 0 end)) as score,
    -- millionths, half to even
    errors * 1000000 // times as millionths, errors * 1000000 % times as rest
  -- who has not signed up yet is not there
  from (from read_csv('{data}/ravenstack_accounts.csv', all_varchar = true) where signup_date::timestamp <= timestamp '{as_of}')
  left join used using (account_id) left join paying using (account_id) left join asked using (account_id)
  left join departed using (account_id) left join incomplete using (account_id)
), rounded as (
  select *, millionths + case when 2 * rest > times or (2 * rest = times and millionths % 2 = 1) then 1 else 0 end as rate
  from scored
)
select account_id as account, printf('%.2f', score::double) as health_score,
       case when score >= 60 then 'A' when score >= 40 then 'B' when score >= 20 then 'C' else 'D' end as health_tier,
       (satisfaction is null)::int as health_unknowns,
       coalesce(usage_rows, 0) as usage_rows, coalesce(recent, 0) as used, coalesce(early_usage, 0) as early_usage,
       case when times > 0 then rtrim(rtrim(printf('%.6f', rate::double / 1000000), '0'), '.') else '' end as error_rate,
       coalesce(recurring, 0)::decimal(18, 2) as recurring, coalesce(refunded, 0)::decimal(18, 2) as refunded,
       coalesce(incomplete, false) as incomplete
from rounded order by account
