"""What we promise of speed, measured: `make bench`, or `python -m tests.benchmarks --help`.

Every figure stands beside a floor, the least that anybody could write for the same task, and both are measured in turn,
in one run, on one core.  Absolute figures change with the machine, the ratios hardly: they are what is promised.
"""
