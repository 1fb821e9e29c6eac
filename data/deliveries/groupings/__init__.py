"""Lists of municipalities that an office keeps: constituencies, planning regions, a council's own."""
