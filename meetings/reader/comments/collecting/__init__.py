"""How the office opens a paper for comments, sees them answered and takes the table along."""
