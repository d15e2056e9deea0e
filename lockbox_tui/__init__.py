"""The program: command line, settings, the Textual app and its terminal, the demo site."""
