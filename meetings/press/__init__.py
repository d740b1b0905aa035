"""What the product typesets: official documents as PDF, in the layout of their time."""
