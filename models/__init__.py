"""The store: SQLAlchemy classes, one module a subject; the money type; engine set-up; migrations."""
