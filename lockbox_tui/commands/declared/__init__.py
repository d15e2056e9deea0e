"""What may be typed: each command of the command line declared once, one module a subject, and their register.

Only the declarations stand here, so that `--help` loads nothing else; what a command does stands in the
module of the same name one floor up, in the function that its declaration names.
"""
