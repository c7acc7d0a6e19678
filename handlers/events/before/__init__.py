"""What comes before an event: themes and groups, and who presents."""
