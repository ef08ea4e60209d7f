"""What may be said: pure judgement of texts, with no database and no room in it."""
