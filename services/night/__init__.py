"""The night job: what is done every night without a clerk."""
