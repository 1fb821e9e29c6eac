"""One file an engine, the same small contract: open a finished database, answer one question at a time."""
