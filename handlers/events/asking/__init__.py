"""Questions for an event, asked without a name: sealed, opened together, moderated, voted for, answered on the day."""
