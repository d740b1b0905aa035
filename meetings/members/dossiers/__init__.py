"""The workbench: scans of dossiers, cut into papers, counted, taken along."""
