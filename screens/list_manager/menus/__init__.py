"""The menus between the lists."""
