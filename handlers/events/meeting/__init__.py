"""Meetings: an agenda from open items, minutes, decisions, and who does what."""
