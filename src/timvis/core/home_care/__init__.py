"""Home care under a choice system: who comes, since when, by which order, and what four quantities say of a month."""
