"""Drills: real processes over one database are killed, frozen and lied to, and what arrived is counted.

`make drill` runs them at full size; `test_drills.py` a small one of each.
"""
