"""Answering a sealed survey: the promise, the form, hints, the receipt, and looking up what became of it.

Every route here is `untraced`: nothing of it is kept but the one sealed row that an answer is.  Decision 0019 has the
whole; the attack program of `tests/privacy/` goes through these routes.
"""
