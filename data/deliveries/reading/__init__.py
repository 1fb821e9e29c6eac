"""From files to parts: archives, CSV, workbooks, as text with the place of each row."""
