"""Help desk: tickets from a creator's question to IT on duty and back (S12)."""
