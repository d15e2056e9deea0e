"""The clerk's end of the line: the grid he sees, the keys he has typed, the roll of paper he is asked on."""
