"""The SOAP message a time report travels in to Försäkringskassan, and the answer to it."""
