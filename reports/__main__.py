"""python -m reports"""

import sys

from reports.command.cli import main

if __name__ == "__main__":
    sys.exit(main())
