"""Measurements, each beside a yardstick of the same run: `make bench` prints them as ratios."""
