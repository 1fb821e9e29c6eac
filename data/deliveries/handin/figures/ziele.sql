-- Goals of one delivery.
select ('goals', count(*))
from read_parquet($file)
