"""`python -m practice_line` is the command `practice-line`."""

import sys

from practice_line.cli import main

sys.exit(main())
