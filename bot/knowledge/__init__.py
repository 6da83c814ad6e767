"""What the help desk knows: articles, solved tickets to find again, ready-made answers (S12)."""
