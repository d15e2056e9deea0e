"""`lockbox check`: every proof of the store and of its books."""
