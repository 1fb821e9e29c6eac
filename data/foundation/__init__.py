"""What everything stands on: settings, limits, errors, durable files, SQL, areas and periods."""
