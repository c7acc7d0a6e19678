"""Facts about Slack."""
