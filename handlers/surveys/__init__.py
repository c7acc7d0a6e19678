"""Sealed surveys: what may be shown of them stands in `rules.py`; what they are, in `storage/surveys.py`."""
