"""`python -m scheduler`"""

import sys

from bot.cli import main_of_scheduler

sys.exit(main_of_scheduler(sys.argv[1:]))
