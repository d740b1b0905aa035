"""Moving notes from one version of a paper to the next: plain functions over words and strokes."""
