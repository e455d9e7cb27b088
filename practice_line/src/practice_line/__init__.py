"""A stand-in for the LINE platform: groups, expiring reply tokens, quota by the head, retry keys, signed webhooks."""
