"""Questions and answers: every kind of question, look-ups, waiting for a long call, and printing."""
