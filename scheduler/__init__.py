"""When; knows no feature by name."""
