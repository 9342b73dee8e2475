with won as (
  select p.*, regional_office from read_csv('{data}/sales_pipeline.csv', all_varchar = true) p
  join read_csv('{data}/sales_teams.csv', all_varchar = true) t using (sales_agent)
  where deal_stage = 'Won' and account is not null
), parts as (
  select 'by_region' as rule, regional_office as party, close_value from won
  union all select 'by_product', product, close_value from won
)
select rule, party, count(*)::varchar as deals, printf('%.2f', sum(close_value::decimal(18, 2))::double) as amount
from parts group by all order by all
