"""The bot where Telegram limits nothing in a chat: a person who asks twenty times in five seconds
would be answered once a second, and what is measured is the bot.
"""

import runpy
import sys

from bot import pace

if __name__ == "__main__":
    pace.PRIVATE_BURST = pace.GROUP_MOST = 10**9
    sys.argv = ["bot", "run"]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
