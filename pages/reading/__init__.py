"""The frame of every page: filters, address, language, reader, release, notes."""
