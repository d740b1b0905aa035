"""What people looked for in the archive and did not find, without who they are."""
