"""The register of party members: off until a written approval switches it on."""
