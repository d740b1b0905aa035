"""Papers that look the same as one received before: found when read, decided by a clerk."""
