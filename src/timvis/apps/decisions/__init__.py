"""What was granted beforehand: hours, per what, from when."""
