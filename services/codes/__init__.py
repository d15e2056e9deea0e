"""Codes of a remittance explained: meaning, sign rule, usual next step, and from when until when they hold."""
