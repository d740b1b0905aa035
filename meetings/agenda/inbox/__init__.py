"""Files that come by themselves, into a watched folder or by mail, and end in a meeting's tray."""
