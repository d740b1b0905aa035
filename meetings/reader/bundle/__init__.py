"""The papers of a meeting bound as one PDF, for the day on which the hall fails."""
