-- What the rulebook must give, computed by DuckDB alone: one row an account.
with won as (
  select account, count(*) as won, sum(cast(close_value as decimal(18, 2))) as amount,
         bool_or(product in ('GTXPro', 'GTX Pro', 'GTX Plus Pro')) as pro
  from read_csv('{data}/sales_pipeline.csv', all_varchar = true)
  where deal_stage = 'Won' and account is not null group by account
), scored as (
  select a.account, coalesce(won, 0) as won, coalesce(amount, 0) as amount, coalesce(pro, false) as pro,
         least(100, case when employees::int >= 1000 then 30 else 0 end
                  + case when revenue::double >= 1000 then 30 else 0 end + least(40, 2 * coalesce(won, 0))) as score
  from read_csv('{data}/accounts.csv', all_varchar = true) a left join won w on w.account = a.account
)
select account, printf('%.2f', score::double) as customer_fit_score,
       case when score >= 80 then 'A' when score >= 50 then 'B' else 'C' end as customer_fit_tier,
       printf('%.2f', amount::double) as pipeline, won::varchar as won, pro::varchar as buys_pro
from scored order by account
