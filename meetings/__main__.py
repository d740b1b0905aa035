"""Let `python -m meetings` be the `meetings` command."""

from meetings.cli import main

if __name__ == "__main__":
    main()
