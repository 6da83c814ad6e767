"""The product played on a simulated Discord: no token, no network, the real bot."""
