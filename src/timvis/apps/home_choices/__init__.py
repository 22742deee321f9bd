"""Who performs home care under a system of choice: agreements, choices, and the turns of those who chose nobody."""
