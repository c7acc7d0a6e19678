"""Years in which every feature is on, lived on a clock of their own."""
