-- A lead's origin, as results spell it: nobody knows it, or it is called "unknown", or nobody had contact before the deal.
select 'by_origin' as rule,
       case when won_date::timestamp < first_contact_date::timestamp then 'unattributed'
            when origin is null or origin = '' then 'unknown'
            when origin = 'unknown' then '"unknown"'
            else origin end as party,
       count(*)::varchar as deals, printf('%.2f', sum(declared_monthly_revenue::decimal(18, 2))::double) as amount
from read_csv('{data}/olist_closed_deals_dataset.csv', all_varchar = true) d
join read_csv('{data}/olist_marketing_qualified_leads_dataset.csv', all_varchar = true) l using (mql_id)
group by all order by all
