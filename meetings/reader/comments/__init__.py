"""Comments (góp ý) on a page of a paper or a paragraph there, from those before whom it lies."""
