"""From parts to findings: typed tables, and the rules that their rows break."""
