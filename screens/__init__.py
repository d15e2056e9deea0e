"""What a clerk sees: one module a screen, in rooms like those of the services."""
