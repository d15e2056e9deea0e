"""The guide: what is said of a word of the screens, of the command line or of the trade, found by that word."""
