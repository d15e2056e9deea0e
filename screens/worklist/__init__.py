"""The EEOB worklist: its questions, the list of ERAs, and opening a scratch pad."""
