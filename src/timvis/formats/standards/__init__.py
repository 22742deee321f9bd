"""Official rule sets and schemas that are installed beside the program, never shipped in it."""
