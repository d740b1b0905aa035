"""The dossier of a member goes sealed, with its inventory, from one body to another."""
