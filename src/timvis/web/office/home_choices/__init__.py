"""Who performs home care: the providers' agreements, what recipients choose, and the turns of those who do not."""
