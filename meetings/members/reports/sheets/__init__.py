"""A report as its tables: on a page with its pictures, and as the files that an office sends on."""
