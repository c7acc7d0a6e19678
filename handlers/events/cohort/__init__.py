"""Series for fixed teams: joined as a whole, with stand-ins for one date, and a place that is never empty for long."""
