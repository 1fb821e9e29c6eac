"""How large and how odd a file may be before it is refused unread."""

MEMBERS = 1_000  # files in an archive or folder
TOTAL_BYTES = 8 * 2**30  # all files of a delivery, unpacked
RATIO = 200  # unpacked against packed; CSV of this format packs 5 to 20 times smaller
RATIO_FROM_BYTES = 50 * 2**20  # below this size a high ratio does no harm
COLUMNS = 500
LINE_CHARACTERS = 1_000_000
HEADER_BYTES = 256 * 1024  # within which the header has to end
CELL_CHARACTERS = 100_000
