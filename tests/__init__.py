"""Stories about Enishi: each test states a fact and acts it out."""
