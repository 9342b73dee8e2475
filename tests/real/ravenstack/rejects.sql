-- The rows that must be rejected: all of the usage ids that stand twice.
select 'usages' as entity, usage_id as value, 'data.conflict' as code
from read_csv('{data}/ravenstack_feature_usage.csv', all_varchar = true)
qualify count(*) over (partition by usage_id) > 1
