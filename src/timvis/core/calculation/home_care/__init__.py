"""`home_care`: what a provider is paid for a month of home care, and what is handed to the fee officer.

`settings` holds every choice a municipality makes, with its days; `records` what happened; `visits` turns visits
into time that is paid in full, in part or not; `granted` compares with the order; `prices` is the price list;
`statement` puts the lines together; `fees` is the recipient's side, which nothing is paid for.
"""
