"""How to talk: neutral words for what is said and shown, and one folder for each surface that speaks them."""
