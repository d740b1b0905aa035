"""Party age, and whom a Party badge is due at the next days of award."""
