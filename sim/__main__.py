"""``python -m sim``: the same as ``thoatngheo``."""

from sim.cli.app import main

if __name__ == "__main__":
    main()
