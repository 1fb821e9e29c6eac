"""What an export is: tables, names, values, findings, as `datapackage.json` and `rules/` state them."""
