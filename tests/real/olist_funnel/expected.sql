-- What the rulebook must give as of {as_of}, computed by DuckDB alone: one row a lead that was contacted by then. All later contacts and deals are
-- taken out first, so nothing below can see them.
with contacts as (
  select * from read_csv('{data}/olist_marketing_qualified_leads_dataset.csv', all_varchar = true)
  where first_contact_date::timestamp <= timestamp '{as_of}'
), signed as (
  select *, won_date::timestamp as won_at from read_csv('{data}/olist_closed_deals_dataset.csv', all_varchar = true)
  where won_date::timestamp <= timestamp '{as_of}'
), leads as (
  select l.mql_id, nullif(l.origin, '') as origin, l.landing_page_id,
         nullif(d.business_segment, '') as segment, nullif(d.lead_type, '') as lead_type,
         cast(d.declared_monthly_revenue as decimal(18, 2)) as revenue, d.mql_id is not null as won,
         -- a calendar month: from the day after the same day of the month before on
         coalesce(d.won_at >= date_trunc('day', timestamp '{as_of}' - interval 1 month) + interval 1 day, false) as lately
  from contacts l left join signed d using (mql_id)
), scored as (
  select *, greatest(0, least(100,
      case when origin in ('organic_search', 'paid_search') then 20 when origin in ('direct_traffic', 'referral') then 25 else 0 end
    + case when landing_page_id in ('b76ef37428e6799c421989521c0e5077', '22c29808c4f815213303f8933030604c') then 15 else 0 end
    + case when lead_type in ('online_big', 'online_top', 'industry') then 25 when lead_type = 'online_medium' then 10 else 0 end
    + case when segment in ('health_beauty', 'household_utilities', 'home_decor') then 10 else 0 end
    - case when origin is null then 10 else 0 end)) as score
  from leads
)
select mql_id as lead, printf('%.2f', score::double) as lead_fit_score,
       case when score >= 55 then 'A' when score >= 35 then 'B' when score >= 20 then 'C' else 'D' end as lead_fit_tier,
       case when revenue >= 50000 then 'sales_assisted' when revenue < 50000 then 'self_service' else 'hybrid' end as lead_motion,
       won::varchar as converted, lately::varchar as won_this_month
from scored order by lead
