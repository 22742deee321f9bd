"""What Timvis costs in time and memory, always beside something to compare it with."""
