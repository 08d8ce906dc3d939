# «Мои данные»: что хранится, файл, реклама, отзыв согласия, удаление.

privacy-title =
    <b>Мои данные</b>
    Вот что хранит в этом боте { $clinic }:
privacy-name = • Имя: { $name }
privacy-phone = • Телефон: { $phone }
privacy-birthday = • День рождения: { $day }
privacy-patient = • Пациент: { $name }
privacy-patients-more = • и ещё пациентов: { $count }
privacy-points =
    • На счету { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }, операций: { $operations }
privacy-brought = • Пришли по рекомендации
privacy-card-named = • Визитка другу: на ней имя «{ $names }», его видит каждый, у кого есть ссылка. Убрать имя: /card
privacy-card-nameless = • Визитка другу: без имени
privacy-telegram = • Telegram ID: { $telegram }
privacy-consent = • Согласие на обработку данных: дано { $day }, редакция { $version }
privacy-withdrawn =
    • Согласие отозвано { $day }. Если не дать его снова (/start), всё будет удалено через { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }.
privacy-advertising =
    • Реклама и предложения: { $choice ->
        [on] присылать
       *[off] не присылать
    }
privacy-care =
    • Вопросы после визита и напоминания об осмотрах: { $choice ->
        [on] присылать
       *[off] не присылать
    }
privacy-note = Диагнозов и медицинской карты здесь нет. Если что-то записано неверно, скажите администратору: { $phone }
privacy-file = Скачать файлом
privacy-advertising-on = Включить рекламу
privacy-advertising-off = Отключить рекламу
privacy-advertising-is-on = Будем присылать, не чаще двух в месяц.
privacy-advertising-is-off = Больше не присылаем.
privacy-care-on = Снова напоминать
privacy-care-off = Не напоминать
privacy-care-is-on = Снова будем спрашивать о визитах и напоминать об осмотрах.
privacy-care-is-off = Больше не спросим и не напомним об осмотре. Напоминания о записи и чеки придут как прежде.
privacy-rename = Исправить имя
privacy-birthday-add = Добавить день рождения
privacy-withdraw = Отозвать согласие
privacy-erase = Удалить данные

withdraw =
    <b>Отозвать согласие?</b>

    Бот замолчит: ни напоминаний, ни предложений. Данные и баллы подождут { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }. Если за это время не вернуться, они будут удалены.

    Вернуться просто: кнопкой в этом чате.
withdraw-surely = Да, отозвать
withdraw-no = Нет, оставить
withdraw-edited = ✓ Согласие отозвано.
withdraw-done = Больше не пишем. Спасибо, что были с нами! Передумаете — нажмите «Начать снова» выше, данные подождут { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }.

erase =
    <b>Удалить данные?</b>

    Имя, телефон, дата рождения и связь с вашим Telegram исчезнут сразу, вернуть их нельзя. { $points ->
        [0] На счету нет баллов, терять нечего.
        [one] Вместе с ними пропадёт { $points } балл.
        [few] Вместе с ними пропадут { $points } балла.
       *[many] Вместе с ними пропадут { $points } баллов.
    } Подарок за знакомство второй раз не приходит.

    Останутся суммы операций без имени, они нужны для учёта, и необратимая отметка, что подарок уже был: узнать по ней вас или номер нельзя. Медицинскую карту клиника хранит отдельно, по закону.
erase-surely = Да, удалить
erase-no = Нет, оставить
erase-edited = ✓ Данные удалены.
erase-done = Всё удалено, бот больше не пишет. Спасибо, что были с нами! Захотите вернуться — нажмите «Начать снова» выше.

export-caption = Всё, что хранится о вас в этом боте. Файл откроется в любом браузере.
export-file = moi-dannye
export-title = Мои данные — { $clinic }
export-operator = Оператор: { $legal }
export-about = О вас
export-name = Имя
export-phone = Телефон
export-telegram = Telegram ID
export-language = Язык
export-points = Баллы на счету
export-birthday = День рождения
export-patients = Пациенты
export-relation = Кто
export-relation-is =
    { $relation ->
        [self] вы
       *[family] семья
    }
export-source = Откуда запись
export-source-is =
    { $source ->
        [bot] этот бот
        [desk] стойка клиники
       *[other] { $source }
    }
export-brought = Пришли по рекомендации
export-brought-is =
    { $brought ->
        [yes] да
       *[no] нет
    }
export-consents = Согласия
export-consent = Согласие
export-consent-is =
    { $kind ->
        [data] обработка данных
        [advertising] реклама
        [spending] списание баллов
        [care] вопросы после визита и напоминания
       *[other] { $kind }
    }
export-paper = обработка данных, на бумаге: { $name }
export-decision = Решение
export-decision-is =
    { $decision ->
        [given] дано
        [refused] не дано
        [withdrawn] отозвано
       *[other] { $decision }
    }
export-version = Редакция
export-when = Когда
export-arrivals = Ссылки, по которым открыт бот
export-link = Ссылка
export-links = Ваши ссылки: визитка другу и приглашение
export-link-of = Что это
export-link-kind =
    { $kind ->
        [card] визитка другу
       *[invitation] приглашение от клиники
    }
export-told = Имя, которое видит каждый, у кого есть ссылка
export-told-nothing = не показано
export-made = Создана
export-appointments = Записи на приём
export-branch = Филиал
export-doctor = Врач
export-state = Что стало
export-state-is =
    { $state ->
        [booked] записаны
        [confirmed] подтверждена
        [to_move] ищем другое время
        [cancelled] отменена
        [came] визит состоялся
       *[missed] визит не состоялся
    }
export-visits = Визиты
export-bill = Счёт
export-paid = Оплачено деньгами
export-what = Вид и врач
export-day = { $day }
export-opinions = Оценки и переписка о визитах
export-whose = Визит или автор
export-said = Сказано
export-feels = самочувствие: { $feels ->
        [fine] всё хорошо
        [question] есть вопрос
       *[pain] болит
    }
export-stars = { $stars } из 5
export-media = сообщение в чате
export-author = Автор
export-talks = Переписка с клиникой
export-tasks = Звонки и ответы, о которых попросили клинику
export-task = Причина
export-never = не беспокоить
export-operations = Операции с баллами
export-operation = Операция
export-operation-is =
    { $kind ->
        [welcome] За знакомство
        [join] Объединение счетов
        [erasure] Удаление данных
        [visit] Визит
        [reversal] Исправление
        [return] Возврат денег
        [expiry] Срок вышел
        [prolonged] Срок продлён
        [merge] Объединение записей
        [merge_undone] Разделение записей
        [reward] За рекомендации
        [good_will] Вернули сгоревшие
        [friend] Подарок по визитке
        [gift] Подарок клиники
       *[other] { $kind }
    }
export-change = Баллы
export-nothing = Нет записей.
export-absent = не указано
export-moment = { $at }
