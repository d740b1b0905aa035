"""Files on their way in, whole or in chunks that outlive a broken connection."""
