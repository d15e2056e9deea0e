"""What ships with the program: the files of the demo site, and the few lines that read them."""
