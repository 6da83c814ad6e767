"""Incidents: one disturbance that many tickets are about (S12)."""
