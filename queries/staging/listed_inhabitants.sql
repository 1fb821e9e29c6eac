-- Inhabitants by each official list of municipalities: of a municipality as listed, of any other area the sum of
-- its municipalities, where the list has all of them.
--
-- grain:   one row per area and list
with made_of as (
    select area_code, count(*) as municipalities
    from staging.tree
    where part_level = 'gemeinde'
    group by area_code
)
select
    tree.area_code,
    tree.area_level,
    listed.counted_on,
    max(listed.census) as census,
    sum(listed.inhabitants)::bigint as inhabitants,
    bool_or(listed.synthetic) as synthetic,
from reference.official_inhabitants as listed
join staging.tree as tree on tree.part_code = listed.area_code
join made_of on made_of.area_code = tree.area_code
group by tree.area_code, tree.area_level, listed.counted_on, made_of.municipalities
having count(*) = made_of.municipalities
