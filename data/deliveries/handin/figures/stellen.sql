-- Posts are a stock: those of the newest month that the delivery knows.
select unnest([
    ('posts_approved_vzae', coalesce(sum(vzae_bewilligt), 0)),
    ('posts_filled_vzae', coalesce(sum(vzae_besetzt), 0)),
])
from read_parquet($file)
where monat = (select max(monat) from read_parquet($file))
