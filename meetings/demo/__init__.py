"""The fictional province with which every journey begins: bodies, people, meetings, papers."""
