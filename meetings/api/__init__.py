"""What programs are told of meetings and their papers, in the vocabulary of OParl."""
