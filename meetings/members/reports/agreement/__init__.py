"""Each quarter a body confirms its form 1 to the body above it, and both see what changed since."""
