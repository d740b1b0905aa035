"""What a tablet takes along: the files of a document as ciphertext, and the key apart from them."""
