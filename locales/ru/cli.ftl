# Командная строка: команды, настройки, проверка, копии. Читает тот, кто ставит бота.

cli-about = Molar — бот программы лояльности стоматологии. Настройки читаются из переменных окружения и файла .env (пример: .env.example).
cli-run = Запустить бота. Сначала сам обновляет базу и делает её копию.
cli-scheduler = Запустить планировщик отдельно от бота (SCHEDULER=separate): напоминания и отправка сообщений.
cli-migrate = Обновить схему базы, не запуская бота.
cli-doctor = Проверить настройки, базу и компьютер. Код выхода 0 — всё в порядке, 1 — есть что исправить.
cli-doctor-online = спросить и Telegram: токен, вебхук, руководители (до 15 секунд)
cli-audit-ledger = Сверить баллы: сходятся ли операции, партии, кошельки и визиты. Бота останавливать не нужно. Код выхода 0 — сходится, 1 — нет.
cli-backup = Сохранить проверенную копию базы в новый файл. Бота останавливать не нужно.
cli-backup-file = новый файл копии, например data/copy.db
cli-restore = Вернуть базу из копии. Сначала остановите бота; нынешняя база сохранится рядом.
cli-restore-file = файл, который сделала команда backup
cli-sandbox = Запустить песочницу: Telegram в браузере, настоящий бот, вымышленные люди.
cli-sandbox-port = порт страницы с чатами (по умолчанию 8081)
cli-sandbox-empty = начать с пустой клиники, без выдуманных пациентов
cli-wrong-option = Нет параметра { $option }, или у него нет значения. Список параметров: python -m bot КОМАНДА --help
cli-wrong-value = Не подходит значение { $name }. Что сюда писать: python -m bot КОМАНДА --help
cli-missing-value = Не хватает { $name }. Что сюда писать: python -m bot КОМАНДА --help
cli-wrong-words = Команда не разобрана ({ $words }). Список команд: python -m bot --help

help-usage = Как вызвать:
help-command-word = КОМАНДА
help-commands = Команды
help-options = Параметры
help-help = показать эту справку
help-required = Обязательные настройки
help-optional = Остальные настройки

setting-bot-token = токен бота от @BotFather
setting-owner-ids = Telegram-id руководителей через запятую
setting-clinic-name = название клиники, как его видят пациенты
setting-clinic-legal = юридическое лицо и ИНН
setting-clinic-phone = телефон клиники для пациентов
setting-database-url = база: sqlite:///data/molar.db (по умолчанию) или postgresql://логин:пароль@сервер/база
setting-timezone = часовой пояс клиники (по умолчанию Europe/Moscow)
setting-locale = язык по умолчанию: ru или en (по умолчанию ru)
setting-telegram-api-url = адрес своего сервера Bot API или песочницы (по умолчанию api.telegram.org)
setting-proxy-url = прокси до Telegram: http://сервер:порт или socks5://логин:пароль@сервер:порт
setting-webhook-url = адрес https, куда Telegram шлёт обновления; пусто — бот забирает их сам
setting-webhook-secret = секрет вебхука: 1–256 латинских букв, цифр, знаков _ и -
setting-http-host = на каком адресе слушать /healthz и вебхук (по умолчанию 127.0.0.1)
setting-http-port = на каком порту слушать /healthz и вебхук (по умолчанию 8080)
setting-scheduler = планировщик: inside — внутри бота (по умолчанию), separate — отдельным процессом, python -m scheduler
setting-messages-per-second = сколько сообщений слать в секунду, от 1 до 30 (по умолчанию 25)
setting-log-level = подробность журнала: DEBUG, INFO, WARNING, ERROR, CRITICAL (по умолчанию INFO)
setting-log-format = вид журнала: console или json (по умолчанию console)
setting-clock-file = файл со сдвигом часов в секундах; только для песочницы и тестов

missing-bot-token = Не задан BOT_TOKEN. Создайте бота у @BotFather и впишите в .env токен, который он пришлёт.
missing-owner-ids = Не задан OWNER_IDS. Впишите Telegram-id руководителей через запятую; свой id можно узнать у бота @userinfobot.
missing-clinic-name = Не задано CLINIC_NAME. Впишите название клиники, как его видят пациенты.
missing-clinic-legal = Не задано CLINIC_LEGAL. Впишите юридическое лицо и ИНН: они нужны в согласии пациента.
missing-clinic-phone = Не задан CLINIC_PHONE. Впишите телефон, по которому звонят пациенты.
missing-webhook-secret = Задан WEBHOOK_URL, но не задан WEBHOOK_SECRET. Придумайте длинный секрет из латинских букв и цифр и впишите его.

wrong-env-file = Файл .env не читается. Проверьте права на него и сохраните его в кодировке UTF-8.
wrong-bot-token = BOT_TOKEN не похож на токен. Скопируйте его у @BotFather целиком: цифры, двоеточие, буквы.
wrong-owner-ids = OWNER_IDS: «{ $given }» не годится. Нужны числа через запятую, например 123456789, 987654321; свой id можно узнать у бота @userinfobot.
wrong-clinic-name = CLINIC_NAME: «{ $given }» не годится. Нужно название в одну строку, до 100 знаков.
wrong-clinic-legal = CLINIC_LEGAL: «{ $given }» не годится. Нужны юридическое лицо и ИНН в одну строку, до 200 знаков.
wrong-clinic-phone = CLINIC_PHONE: «{ $given }» не похоже на телефон. Впишите его с кодом, например +7 843 123-45-67.
wrong-database-url = DATABASE_URL не подходит. Впишите файл, sqlite:///data/molar.db, или сервер, postgresql://логин:пароль@сервер/база.
wrong-timezone = TIMEZONE: нет пояса «{ $given }». Впишите название вроде Europe/Moscow или Asia/Yekaterinburg.
wrong-locale = LOCALE: «{ $given }» не годится. Впишите ru или en.
wrong-telegram-api-url = TELEGRAM_API_URL не подходит. Впишите адрес вида http://127.0.0.1:8081 или уберите эту строку.
wrong-proxy-url = PROXY_URL не подходит. Впишите прокси с портом: http://сервер:порт или socks5://логин:пароль@сервер:порт.
wrong-webhook-url = WEBHOOK_URL не подходит. Telegram шлёт только на https: впишите адрес вида https://bot.example.ru или уберите эту строку.
wrong-webhook-secret = WEBHOOK_SECRET не подходит. Нужно от 1 до 256 латинских букв, цифр, знаков _ и -.
wrong-http-host = HTTP_HOST: «{ $given }» не годится. Впишите адрес без http:// и порта, например 127.0.0.1 или 0.0.0.0.
wrong-http-port = HTTP_PORT: «{ $given }» не годится. Впишите число от 1 до 65535.
wrong-scheduler = SCHEDULER: «{ $given }» не годится. Впишите inside или separate.
wrong-messages-per-second = MESSAGES_PER_SECOND: «{ $given }» не годится. Впишите целое число от 1 до 30.
wrong-log-level = LOG_LEVEL: «{ $given }» не годится. Впишите DEBUG, INFO, WARNING, ERROR или CRITICAL.
wrong-log-format = LOG_FORMAT: «{ $given }» не годится. Впишите console или json.
wrong-clock-file = CLOCK_FILE сдвигает часы и годится только для песочницы. Уберите эту строку или направьте TELEGRAM_API_URL на этот же компьютер.

start-token-refused = Telegram не принимает BOT_TOKEN. Скопируйте действующий токен у @BotFather.
start-scheduler-inside = SCHEDULER=inside: планировщик работает внутри бота, отдельный не нужен. Чтобы запускать его отдельно, впишите SCHEDULER=separate и перезапустите бота.
start-port-taken = HTTP_PORT: на { $address } уже слушает другая программа. Остановите её или смените HTTP_PORT.
start-second-bot = На этой базе уже работает бот. Остановите его и повторите.
start-scheduler-running = С этой базой работает планировщик. Остановите его и повторите.
start-newer-database = База новее программы (схема { $revision }). Обновите Molar и запустите снова.
start-older-database = База старее программы. Сначала обновите её: python -m bot migrate
start-database-unreachable = База не отвечает: { $words }. Проверьте DATABASE_URL, права на папку и место на диске; подробнее — python -m bot doctor.

migrate-nothing = Схема базы уже новейшая: { $revision }.
migrate-done = Схема базы обновлена до { $revision }.
migrate-copy = Прежняя база сохранена: { $file }

backup-done = Копия готова и проверена: { $file }. Храните её и на другом компьютере.
backup-no-database = Копировать нечего: базы { $file } ещё нет. Она появится при первом запуске бота.
backup-file-exists = Файл { $file } уже есть, копия его не заменит. Назовите другой файл.
backup-folder-missing = Папки { $folder } нет. Создайте её или назовите другую.
backup-storage-refused = Не получилось с файлом { $file }: { $reason }. Проверьте место на диске и права на папку.
backup-database-in-use = База { $file } занята другой программой. Закройте её и повторите.
backup-damaged = Файл { $file } повреждён. Возьмите другую копию и вернитесь к ней: python -m bot restore FILE.
backup-tool-missing = Не найдена программа { $tool }. Установите клиент PostgreSQL (пакет postgresql-client) и повторите.
backup-tool-failed = { $tool } не справился: { $words }. Проверьте DATABASE_URL, остановите бота и повторите.

restore-done = База восстановлена из { $file }. Запустите бота: если схема старая, он обновит её сам.
restore-kept = Прежняя база сохранена: { $file }
restore-no-file = Файла { $file } нет. Назовите копию, которую сделала команда backup.
restore-not-a-copy = { $file } — не копия базы Molar. Назовите файл, который сделала команда backup.
restore-another-version = { $file } сделан более новой версией Molar (схема { $revision }). Обновите программу и повторите.
restore-still-running = С базой ещё работает бот или другая программа. Остановите их и повторите.

doctor-python = Python { $version }.
doctor-python-old = Python { $version } слишком старый. Установите 3.11 или новее.
doctor-env-none = Файла .env в этой папке нет. Если настройки в нём, запускайте из папки Molar.
doctor-env-line = Строка { $line } в .env не разобрана. Исправьте её: ИМЯ=значение.
doctor-env-misspelt = В .env есть { $name }, похоже на { $meant }. Исправьте имя, иначе строка не действует.
doctor-readable-by-others = { $file } могут читать другие пользователи компьютера. Закройте: chmod 600 { $file }
doctor-settings = Настройки верны, проверено { $count }.
doctor-timezone = Часовой пояс { $zone }: сейчас { $time }.
doctor-phone = CLINIC_PHONE: такого номера { $phone }, похоже, не бывает. Перепроверьте его.
doctor-disk = Места на диске хватает: { $gigabytes } ГБ ({ $folder }).
doctor-disk-tight = На диске осталось { $megabytes } МБ ({ $folder }). Освободите место заранее.
doctor-disk-full = На диске осталось { $megabytes } МБ ({ $folder }). Освободите место сейчас: без него бот остановится.
doctor-copy = Последняя копия базы: { $file }, { $days ->
    [0] сегодня
    [one] { $days } день назад
    [few] { $days } дня назад
   *[many] { $days } дней назад
}.
doctor-copy-old = Последней копии базы { $file } уже { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}. Сделайте новую: python -m bot backup FILE
doctor-copy-none = Копий базы в папке { $folder } нет. Сделайте: python -m bot backup FILE
doctor-sqlite = SQLite { $version }.
doctor-sqlite-old = SQLite { $version }: до 3.51.3 есть редкая ошибка при двух процессах. Сейчас процесс один, это безопасно; SCHEDULER=separate не включайте.
doctor-sqlite-race = SQLite { $version }: до 3.51.3 есть редкая ошибка при двух процессах, а у вас SCHEDULER=separate. Верните inside или обновите SQLite.
doctor-database = База открывается и пишется: { $file }.
doctor-database-none = Базы ещё нет, бот создаст её при первом запуске: { $file }.
doctor-database-busy = База { $file } занята другой программой. Повторите проверку; если не пройдёт, закройте эту программу.
doctor-database-broken = База { $file } не открывается: { $reason }. Проверьте права на файл и папку; если он повреждён, верните копию: python -m bot restore FILE
doctor-folder-closed = В папку { $folder } нельзя писать. Дайте права пользователю, под которым работает бот.
doctor-schema = Схема базы новейшая: { $revision }.
doctor-schema-old = Схема базы { $revision } старее программы ({ $newest }). Обновится при запуске или командой python -m bot migrate.
doctor-schema-none = В базе ещё нет таблиц Molar. Появятся при запуске или от команды python -m bot migrate.
doctor-schema-unknown = Схема базы { $revision } новее программы. Обновите Molar.
doctor-running = Бот работает.
doctor-scheduler-running = Планировщик работает.
doctor-scheduler-stopped = SCHEDULER=separate, а планировщик не запущен: сообщения ждут. Запустите: python -m scheduler
doctor-scheduler-not-running = Планировщик сейчас не запущен.
doctor-not-running = Бот сейчас не запущен.
doctor-server = PostgreSQL отвечает: { $address }.
doctor-server-read-only = PostgreSQL { $address } только для чтения. Направьте DATABASE_URL на главный сервер.
doctor-server-unreachable = PostgreSQL { $address } не отвечает: { $reason }. Проверьте DATABASE_URL и запущен ли сервер.
doctor-driver-missing = Нет драйвера PostgreSQL. Установите: .venv/bin/pip install -e '.[postgresql]'

doctor-online-skipped = Связь с Telegram не проверена: сначала исправьте настройки.
doctor-telegram-silent = { $host } не отвечает. Проверьте интернет; если Telegram закрыт, задайте PROXY_URL.
doctor-telegram-unreachable = До { $host } не дозвониться: { $reason }. Проверьте интернет, TELEGRAM_API_URL и PROXY_URL.
doctor-telegram-error = Telegram ответил { $code }: { $words }. Повторите позже.
doctor-token = Токен верный, это бот @{ $bot }.
doctor-token-refused = Telegram не принимает BOT_TOKEN. Скопируйте действующий токен у @BotFather.
doctor-clock = Часы компьютера верны.
doctor-clock-wrong = Часы компьютера расходятся с Telegram на { $seconds } с. Включите синхронизацию времени.
doctor-groups-closed = Бота нельзя добавить в группу. Включите у @BotFather: Bot Settings → Allow Groups.
doctor-privacy-mode = В группах бот видит не все сообщения. Сделайте его администратором чата сотрудников или выключите у @BotFather Group Privacy.
doctor-inline = Визитку другу отправляют одной кнопкой (инлайн-режим включён).
doctor-inline-off = Визитку другу пересылают. Чтобы на ней появилась кнопка «Отправить другу», включите у @BotFather /setinline и перезапустите бота.
doctor-polling = Обновления бот забирает сам.
doctor-webhook = Вебхук стоит там, где задано.
doctor-webhook-not-yet = Вебхук ещё не поставлен, бот поставит его при запуске.
doctor-webhook-other = Вебхук стоит на другой адрес. Бот переставит его при запуске; если токеном пользуется другая программа, остановите её.
doctor-webhook-foreign = У токена стоит вебхук, хотя WEBHOOK_URL не задан. Бот снимет его при запуске; если токеном пользуется другая программа, остановите её.
doctor-webhook-port = Telegram шлёт только на порты 443, 80, 88 и 8443. Смените порт в WEBHOOK_URL, если у вас не свой сервер Bot API.
doctor-webhook-error = Telegram не смог доставить обновление: { $words }. Проверьте, что WEBHOOK_URL открыт снаружи.
doctor-owner-unreached = Последняя тревога не дошла до руководителя { $owner }: в боте не нажато «Начать», или бот заблокирован. Пусть откроет бота и нажмёт «Начать»; если id чужой, исправьте OWNER_IDS. Проверить сейчас: python -m bot doctor --online
doctor-owner = Руководитель { $owner } на связи.
doctor-owner-unreachable = Руководителю { $owner } тревоги не дойдут: в боте не нажато «Начать». Пусть откроет @{ $bot } и нажмёт «Начать»; если id чужой, исправьте OWNER_IDS.


sandbox-clinic-name = Стоматология «Улыбка»
sandbox-clinic-legal = ООО «Улыбка», ИНН 1655000000 (выдумано)
sandbox-demo = Готовлю клинику: 200 человек, два года работы
sandbox-ready = Откройте { $address } в браузере. Люди выдуманы; Ctrl-C остановит всё.
sandbox-stopped = Песочница остановлена, всё сыгранное забыто.
sandbox-bot-ended = Бот завершился сам, поэтому песочница закрыта. Причина — в строках выше.
sandbox-port-taken = Адрес { $address } уже занят. Закройте прежнюю песочницу или выберите другой порт: make sandbox PORT=8082

audit-compared = Сверено: операций { $operations }, записей { $entries }, партий { $lots }, кошельков { $wallets }, визитов { $visits }.
audit-difference = ✗ { $what }: { $count }. Номер и обе стороны: { $first }
audit-no-database = Сверять нечего: базы { $file } ещё нет. Она появится при первом запуске бота. Если бот уже работает, проверьте DATABASE_URL.
audit-agrees = ✓ Всё сходится.
audit-differs = ✗ Не сходится. Баллы этих людей пока не меняйте, сделайте копию (python -m bot backup) и отправьте этот вывод разработчику Molar.
audit-check = { $check ->
        [balance-entries] Баланс кошелька не равен сумме его записей
        [balance-lots] Баланс кошелька не равен тому, что в его партиях
        [below-zero] Меньше нуля: баланс или долг кошелька
        [entry-spread] Запись разложена по партиям не полностью
        [lot-holds] Остаток партии не равен тому, что в неё положили и взяли
        [lot-end] Срок партии сдвинут не так, как разрешено
        [lot-end-once] Срок одной партии сдвинут дважды
        [own-wallet] Запись тронула партию чужого кошелька
        [visit-operation] У визита нет операции
        [operation-visit] У операции нет визита
        [visit-points] Операция списала не столько, сколько визит
        [visit-lines] Сумма визита не равна его строкам
        [draft-visit] Карточка и визит не соответствуют друг другу
        [reversal-operation] У возврата или исправления нет операции
        [reversal-within] Возвращено больше, чем было в визите
        [reversal-parts] Строки счёта возвращено больше, чем было
        [reversal-sum] Деньги и баллы возврата не равны его строкам
        [reversal-points] Операция возврата двинула не столько баллов
        [reversal-rest] Счёт возвращён весь, а баллы не все
        [cash-paid] Оплачено всего: не равно сумме визитов
        [merged-record] Объединённая запись: за ней остались визиты или не хранится, с кем её объединили
        [merged-wallet] В кошельке объединённой записи что-то осталось
        [friend-gift] Подарок по визитке без друга, пришедшего по ней, или до решения о нём
        [reward-visit] Награда за рекомендацию не равна награде за визит
        [reward-referrer] Награда досталась тому, кто пациента не рекомендовал
        [reward-lowered] Возврат уменьшил награду не на свою долю
        [reward-within] Возвраты сняли больше награды, чем принёс визит
        [visit-reward] За визит порекомендованного пациента нет награды
        [fixed-bond] Сумма за первую оплату друга досталась не по той рекомендации
        [fixed-once] Сумма за первую оплату одного друга пришла дважды
        [fixed-sum] Сумма за первую оплату друга не та, что была в программе, или визит не оплачен
        [fixed-left] Деньги за визит возвращены, а сумма за первую оплату осталась, или наоборот
        [posting-lot] Начисление за рекомендации не равно тому, что для него накоплено
        [posting-taken] Накопленное за рекомендации снято не начислением
        [posting-within] За рекомендации начислено больше, чем накопилось
       *[references] Ссылка ведёт в никуда
    }
