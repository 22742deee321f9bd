"""The basis of the home-care fee: performed time out to the fee system, and what was charged back from it."""
