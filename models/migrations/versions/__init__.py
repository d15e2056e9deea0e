"""The steps, one file each, in their order."""
