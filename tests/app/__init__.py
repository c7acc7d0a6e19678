"""The command line, as an operator types it, in processes of its own."""
