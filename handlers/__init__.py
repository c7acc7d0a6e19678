"""What we talk about: one folder a feature."""
