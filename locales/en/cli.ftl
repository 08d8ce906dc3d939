# The command line: commands, settings, check-up, copies. Read by whoever installs the bot.

cli-about = Molar, a loyalty bot for a dental clinic. Settings come from environment variables and the file .env (see .env.example).
cli-run = Start the bot. It brings the database up to date first, keeping a copy.
cli-scheduler = Start the scheduler apart from the bot (SCHEDULER=separate): reminders and the sending of messages.
cli-migrate = Bring the database schema up to date without starting the bot.
cli-doctor = Check settings, database and computer. Exit code 0: all is well, 1: something to mend.
cli-doctor-online = ask Telegram too: token, webhook, owners (up to 15 seconds)
cli-audit-ledger = Compare the books: do operations, lots, wallets and visits agree? The bot may go on. Exit code 0: they agree, 1: they do not.
cli-backup = Save a checked copy of the database to a new file. The bot may keep running.
cli-backup-file = new file for the copy, such as data/copy.db
cli-restore = Put a copy in the place of the database. Stop the bot first; the present database is kept beside it.
cli-restore-file = a file made by the backup command
cli-sandbox = Start the sandbox: Telegram in a browser, the real bot, invented people.
cli-sandbox-port = port of the chat page (default 8081)
cli-sandbox-empty = begin with an empty clinic, without invented patients
cli-wrong-option = There is no option { $option }, or it lacks a value. For the options: python -m bot COMMAND --help
cli-wrong-value = { $name } can't have this value. What to write: python -m bot COMMAND --help
cli-missing-value = { $name } is missing. What to write: python -m bot COMMAND --help
cli-wrong-words = The command is not understood ({ $words }). For the commands: python -m bot --help

help-usage = Usage:
help-command-word = COMMAND
help-commands = Commands
help-options = Options
help-help = show this help
help-required = Required settings
help-optional = Other settings

setting-bot-token = the bot's token from @BotFather
setting-owner-ids = Telegram ids of the owners, separated by commas
setting-clinic-name = the clinic's name as patients see it
setting-clinic-legal = legal entity and tax number (ИНН)
setting-clinic-phone = the clinic's phone for patients
setting-database-url = database: sqlite:///data/molar.db (default) or postgresql://user:password@server/database
setting-timezone = the clinic's time zone (default Europe/Moscow)
setting-locale = default language: ru or en (default ru)
setting-telegram-api-url = address of your own Bot API server or of the sandbox (default api.telegram.org)
setting-proxy-url = proxy to Telegram: http://server:port or socks5://user:password@server:port
setting-webhook-url = https address Telegram posts updates to; empty: the bot fetches them
setting-webhook-secret = secret of the webhook: 1–256 Latin letters, digits, _ and -
setting-http-host = address to serve /healthz and the webhook on (default 127.0.0.1)
setting-http-port = port to serve /healthz and the webhook on (default 8080)
setting-scheduler = scheduler: inside the bot (inside, default), or separate: a process of its own, python -m scheduler
setting-messages-per-second = messages to send a second, 1 to 30 (default 25)
setting-log-level = how much to log: DEBUG, INFO, WARNING, ERROR, CRITICAL (default INFO)
setting-log-format = form of the log: console or json (default console)
setting-clock-file = file with an offset of the clock in seconds; for the sandbox and tests only

missing-bot-token = BOT_TOKEN is missing. Create a bot with @BotFather and put the token it sends into .env.
missing-owner-ids = OWNER_IDS is missing. Put in the owners' Telegram ids, separated by commas; the bot @userinfobot tells you yours.
missing-clinic-name = CLINIC_NAME is missing. Put in the clinic's name as patients see it.
missing-clinic-legal = CLINIC_LEGAL is missing. Put in the legal entity and its tax number: the patient's consent names them.
missing-clinic-phone = CLINIC_PHONE is missing. Put in the phone that patients call.
missing-webhook-secret = WEBHOOK_URL is set but WEBHOOK_SECRET is not. Make up a long secret of Latin letters and digits and put it in.

wrong-env-file = The file .env can't be read. Check its permissions and save it as UTF-8.
wrong-bot-token = BOT_TOKEN does not look like a token. Copy all of it from @BotFather: digits, a colon, letters.
wrong-owner-ids = OWNER_IDS: “{ $given }” won't do. It takes numbers separated by commas, such as 123456789, 987654321; the bot @userinfobot tells you yours.
wrong-clinic-name = CLINIC_NAME: “{ $given }” won't do. It takes a name on one line, up to 100 characters.
wrong-clinic-legal = CLINIC_LEGAL: “{ $given }” won't do. It takes the legal entity and its tax number on one line, up to 200 characters.
wrong-clinic-phone = CLINIC_PHONE: “{ $given }” does not look like a phone. Write it with its code, such as +7 843 123-45-67.
wrong-database-url = DATABASE_URL won't do. Write a file, sqlite:///data/molar.db, or a server, postgresql://user:password@server/database.
wrong-timezone = TIMEZONE: there is no zone “{ $given }”. Write a name such as Europe/Moscow or Asia/Yekaterinburg.
wrong-locale = LOCALE: “{ $given }” won't do. Write ru or en.
wrong-telegram-api-url = TELEGRAM_API_URL won't do. Write an address such as http://127.0.0.1:8081, or remove the line.
wrong-proxy-url = PROXY_URL won't do. Write a proxy with its port: http://server:port or socks5://user:password@server:port.
wrong-webhook-url = WEBHOOK_URL won't do. Telegram posts to https only: write an address such as https://bot.example.com, or remove the line.
wrong-webhook-secret = WEBHOOK_SECRET won't do. It takes 1 to 256 Latin letters, digits, _ and -.
wrong-http-host = HTTP_HOST: “{ $given }” won't do. Write an address without http:// and port, such as 127.0.0.1 or 0.0.0.0.
wrong-http-port = HTTP_PORT: “{ $given }” won't do. Write a number from 1 to 65535.
wrong-scheduler = SCHEDULER: “{ $given }” won't do. Write inside or separate.
wrong-messages-per-second = MESSAGES_PER_SECOND: “{ $given }” won't do. Write a whole number from 1 to 30.
wrong-log-level = LOG_LEVEL: “{ $given }” won't do. Write DEBUG, INFO, WARNING, ERROR or CRITICAL.
wrong-log-format = LOG_FORMAT: “{ $given }” won't do. Write console or json.
wrong-clock-file = CLOCK_FILE moves the clock and is for the sandbox only. Remove the line, or point TELEGRAM_API_URL at this computer.

start-token-refused = Telegram does not accept BOT_TOKEN. Copy the valid token from @BotFather.
start-scheduler-inside = SCHEDULER=inside: the scheduler works inside the bot, no other is needed. To run it by itself, write SCHEDULER=separate and restart the bot.
start-port-taken = HTTP_PORT: another program listens on { $address } already. Stop it or change HTTP_PORT.
start-second-bot = A bot is already at work on this database. Stop it and try again.
start-scheduler-running = A scheduler is at work on this database. Stop it and try again.
start-newer-database = The database is newer than the program (schema { $revision }). Update Molar and start again.
start-older-database = The database is older than this Molar. Bring it up to date first: python -m bot migrate
start-database-unreachable = The database does not answer: { $words }. Check DATABASE_URL, the folder's permissions and free space; python -m bot doctor says more.

migrate-nothing = The schema is the newest already: { $revision }.
migrate-done = The schema is now { $revision }.
migrate-copy = The former database is kept: { $file }

backup-done = The copy is made and checked: { $file }. Keep it on another computer too.
backup-no-database = Nothing to copy: there is no database { $file } yet. It appears when the bot first starts.
backup-file-exists = The file { $file } exists, and a copy does not replace it. Name another file.
backup-folder-missing = There is no folder { $folder }. Create it or name another.
backup-storage-refused = The file { $file } gave trouble: { $reason }. Check free space and the folder's permissions.
backup-database-in-use = The database { $file } is in use by another program. Close it and try again.
backup-damaged = The file { $file } is damaged. Take another copy and go back to it: python -m bot restore FILE.
backup-tool-missing = The program { $tool } was not found. Install the PostgreSQL client (package postgresql-client) and try again.
backup-tool-failed = { $tool } failed: { $words }. Check DATABASE_URL, stop the bot and try again.

restore-done = The database is restored from { $file }. Start the bot: if the schema is old, it brings it up to date.
restore-kept = The former database is kept: { $file }
restore-no-file = There is no file { $file }. Name a copy made by the backup command.
restore-not-a-copy = { $file } is no copy of a Molar database. Name a file made by the backup command.
restore-another-version = { $file } was made by a newer Molar (schema { $revision }). Update the program and try again.
restore-still-running = A bot or another program is still at work on the database. Stop it and try again.

doctor-python = Python { $version }.
doctor-python-old = Python { $version } is too old. Install 3.11 or newer.
doctor-env-none = There is no .env in this folder. If your settings are in one, start from Molar's folder.
doctor-env-line = Line { $line } of .env is not understood. Write it as NAME=value.
doctor-env-misspelt = .env has { $name }, which looks like { $meant }. Mend the name, or the line has no effect.
doctor-readable-by-others = Other users of this computer can read { $file }. Close it: chmod 600 { $file }
doctor-settings = The settings are right, { $count } checked.
doctor-timezone = Time zone { $zone }: it is { $time } now.
doctor-phone = CLINIC_PHONE: { $phone } is probably no real number. Check it again.
doctor-disk = Enough free space: { $gigabytes } GB ({ $folder }).
doctor-disk-tight = { $megabytes } MB of free space left ({ $folder }). Make room in good time.
doctor-disk-full = { $megabytes } MB of free space left ({ $folder }). Make room now: without it the bot stops.
doctor-copy = Last copy of the database: { $file }, { $days ->
    [0] today
    [one] { $days } day ago
   *[other] { $days } days ago
}.
doctor-copy-old = The last copy of the database, { $file }, is { $days ->
    [one] { $days } day
   *[other] { $days } days
} old. Make a new one: python -m bot backup FILE
doctor-copy-none = No copy of the database in the folder { $folder }. Make one: python -m bot backup FILE
doctor-sqlite = SQLite { $version }.
doctor-sqlite-old = SQLite { $version }: before 3.51.3 there is a rare fault with two processes. There is one now, which is safe; don't switch SCHEDULER=separate on.
doctor-sqlite-race = SQLite { $version }: before 3.51.3 there is a rare fault with two processes, and you have SCHEDULER=separate. Go back to inside or update SQLite.
doctor-database = The database opens and takes writes: { $file }.
doctor-database-none = No database yet, the bot makes it at its first start: { $file }.
doctor-database-busy = The database { $file } is in use by another program. Check again; if it stays, close that program.
doctor-database-broken = The database { $file } does not open: { $reason }. Check the permissions of file and folder; if it is damaged, go back to a copy: python -m bot restore FILE
doctor-folder-closed = The folder { $folder } can't be written to. Give the user that runs the bot permission.
doctor-schema = The schema is the newest: { $revision }.
doctor-schema-old = The schema { $revision } is older than the program ({ $newest }). It is brought up to date at the start or by python -m bot migrate.
doctor-schema-none = The database has no Molar tables yet. They appear at the start or by python -m bot migrate.
doctor-schema-unknown = The schema { $revision } is newer than the program. Update Molar.
doctor-running = The bot is running.
doctor-scheduler-running = The scheduler is running.
doctor-scheduler-stopped = SCHEDULER=separate, and no scheduler is running: messages wait. Start it: python -m scheduler
doctor-scheduler-not-running = The scheduler is not running now.
doctor-not-running = The bot is not running now.
doctor-server = PostgreSQL answers: { $address }.
doctor-server-read-only = PostgreSQL { $address } is read-only. Point DATABASE_URL at the primary server.
doctor-server-unreachable = PostgreSQL { $address } does not answer: { $reason }. Check DATABASE_URL and whether the server runs.
doctor-driver-missing = The PostgreSQL driver is missing. Install it: .venv/bin/pip install -e '.[postgresql]'

doctor-online-skipped = Telegram was not asked: mend the settings first.
doctor-telegram-silent = { $host } does not answer. Check the internet connection; where Telegram is closed, set PROXY_URL.
doctor-telegram-unreachable = { $host } can't be reached: { $reason }. Check the internet connection, TELEGRAM_API_URL and PROXY_URL.
doctor-telegram-error = Telegram answered { $code }: { $words }. Try again later.
doctor-token = The token is right, this is @{ $bot }.
doctor-token-refused = Telegram does not accept BOT_TOKEN. Copy the valid token from @BotFather.
doctor-clock = The computer's clock is right.
doctor-clock-wrong = The computer's clock is { $seconds } s away from Telegram's. Switch time synchronisation on.
doctor-groups-closed = The bot can't be added to a group. Switch it on with @BotFather: Bot Settings → Allow Groups.
doctor-privacy-mode = In groups the bot does not see every message. Make it an administrator of the staff chat or switch Group Privacy off with @BotFather.
doctor-inline = The card for a friend is sent by one button (inline mode is on).
doctor-inline-off = The card for a friend is forwarded. For a button “Send to a friend” on it, switch /setinline on with @BotFather and restart the bot.
doctor-polling = The bot fetches updates itself.
doctor-webhook = The webhook is where it should be.
doctor-webhook-not-yet = The webhook is not set yet, the bot sets it at its start.
doctor-webhook-other = The webhook points elsewhere. The bot moves it at its start; if another program uses the token, stop that one.
doctor-webhook-foreign = The token has a webhook although WEBHOOK_URL is not set. The bot removes it at its start; if another program uses the token, stop that one.
doctor-webhook-port = Telegram posts to ports 443, 80, 88 and 8443 only. Change the port in WEBHOOK_URL unless you have a Bot API server of your own.
doctor-webhook-error = Telegram could not deliver an update: { $words }. Check that WEBHOOK_URL can be reached from outside.
doctor-owner-unreached = The latest alert did not reach owner { $owner }: they haven’t pressed Start in the bot, or have blocked it. They should open the bot and press Start; if the id is a stranger’s, mend OWNER_IDS. To check now: python -m bot doctor --online
doctor-owner = Owner { $owner } can be reached.
doctor-owner-unreachable = Alerts won't reach owner { $owner }: they haven't pressed Start in the bot. They should open @{ $bot } and press Start; if the id is a stranger's, mend OWNER_IDS.


sandbox-clinic-name = Smile Dental Clinic
sandbox-clinic-legal = Smile LLC, INN 1655000000 (invented)
sandbox-demo = Preparing the clinic: 200 people, two years of work
sandbox-ready = Open { $address } in a browser. The people are invented; Ctrl-C stops everything.
sandbox-stopped = The sandbox has stopped; what was played is forgotten.
sandbox-bot-ended = The bot ended by itself, so the sandbox is closed. The lines above say why.
sandbox-port-taken = The address { $address } is taken. Close the other sandbox or choose another port: make sandbox PORT=8082

audit-compared = Compared: operations { $operations }, entries { $entries }, lots { $lots }, wallets { $wallets }, visits { $visits }.
audit-difference = ✗ { $what }: { $count }. Number and both sides: { $first }
audit-no-database = Nothing to compare: there is no database { $file } yet. It appears when the bot first starts. If the bot works already, check DATABASE_URL.
audit-agrees = ✓ Everything agrees.
audit-differs = ✗ It does not agree. Leave the points of these people alone for now, make a copy (python -m bot backup) and send this to the developer of Molar.
audit-check = { $check ->
        [balance-entries] A wallet's balance is not the sum of its entries
        [balance-lots] A wallet's balance is not what its lots hold
        [below-zero] Below zero: a wallet's balance or debt
        [entry-spread] An entry is not spread over lots
        [lot-holds] A lot does not hold what was put in and taken out
        [lot-end] A lot's end was moved otherwise than ruled
        [lot-end-once] A lot's end was moved twice
        [own-wallet] An entry touched another wallet's lot
        [visit-operation] A visit has no operation
        [operation-visit] An operation has no visit
        [visit-points] An operation took other points than its visit
        [visit-lines] A visit is not the sum of its lines
        [draft-visit] A draft and its visit do not match
        [reversal-operation] A reversal has no operation
        [reversal-within] More was taken back than the visit had
        [reversal-parts] More of a line of the bill went back than there was
        [reversal-sum] Money and points of a return are not those of its lines
        [reversal-points] A return's operation moved another number of points
        [reversal-rest] All of a bill went back, but not all its points
        [cash-paid] Cash paid is not the sum of the visits
        [merged-record] A merged record: visits are left with it, or nothing says what it was merged with
        [merged-wallet] Something is left in the wallet of a merged record
        [friend-gift] A card’s gift without the friend who came by it, or before the decision about them
        [reward-visit] A reward is not that of its visit
        [reward-referrer] A reward went to somebody who did not recommend the patient
        [reward-lowered] A return lowered a reward by other than its share
        [reward-within] Returns took more of a reward than the visit brought
        [visit-reward] A visit of a recommended patient has no reward
        [fixed-bond] The sum for a friend’s first payment came by another recommendation
        [fixed-once] The sum for one friend’s first payment came twice
        [fixed-sum] The sum for a friend’s first payment isn’t the programme’s, or nobody paid
        [fixed-left] The money of a visit went back and the sum for the first payment stayed, or the reverse
        [posting-lot] A posting of rewards is not what was taken for it
        [posting-taken] Gathered rewards were taken by something else than a posting
        [posting-within] More rewards were posted than had gathered
       *[references] A reference leads nowhere
    }
