"""The try-out: a fictional community, and a tour of it in the terminal.  No feature: it has no routes of its own."""
