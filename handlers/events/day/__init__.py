"""The day of an event: arriving, the door, and the run-sheet of whoever runs it."""
