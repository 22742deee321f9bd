"""Storage and transactions: one app per station of the path. An app imports only the apps upstream of it."""
