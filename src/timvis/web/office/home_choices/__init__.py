"""Who performs home care: the providers' agreements, the recipient's choice, and the turns of those who chose nobody."""
