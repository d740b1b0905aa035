"""What a document says of itself: its text where it is a picture, its header, its citations."""
