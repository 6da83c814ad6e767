"""Who of IT is on duty: weekly rota, swaps, leave, and who is called when nobody is (S12)."""
