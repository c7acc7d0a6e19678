"""What those who come look for and can offer: a card each, read by those who have one, and who would like to talk."""
