"""HTTPS in a house without internet: an own authority, the server's certificate, the sheet."""
