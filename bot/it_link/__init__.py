"""The link to IT's own system: tickets go out by signed webhook, answers come back by signed POST (S12)."""
