-- Funds of one delivery, by stage.
select ('funds_eur:' || stufe, sum(betrag_eur))
from read_parquet($file)
group by stufe
order by stufe
