"""A whole fictional province of members: its bodies, ten years of their lives, entered at once."""
