"""The register of resolutions and of what else holds."""
