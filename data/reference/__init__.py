"""The register of areas, their boundaries and published amounts, as files; and how outlines are made."""
