"""Taking in an old archive: a folder of scans with a workbook that lists them."""
