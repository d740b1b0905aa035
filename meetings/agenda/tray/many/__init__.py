"""Many files of a tray described at once: previewed, applied, undone."""
