"""One module a command of `python -m data`: `add(commands)` declares it, `run(args)` does it.

A command returns its exit code, writes results to stdout and everything else to stderr.
"""
