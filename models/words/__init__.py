"""The words of the trade: statuses, keys, kinds and money, which every floor may read (no SQLAlchemy)."""
