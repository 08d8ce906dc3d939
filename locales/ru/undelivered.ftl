# Что не дошло: сотрудникам сводкой, руководителю списком.

letter-kind =
    { $kind ->
        [receipt] чек визита
        [spend-request] вопрос о списании баллов
        [complaint] «Не мой визит»
        [complaint-noted] ответ на «Не мой визит»
        [spending-stopped] остановка списаний
        [spending-back] списания снова открыты
        [spending-released] списания снова открыты
        [slip-strange] приглашение с чужим номером
        [visit-mistaken] исправление визита
        [money-returned] возврат
        [gift] подарок
        [goodwill] возвращённые баллы
        [friend-gift] подарок по визитке
        [merged] объединение записей
        [merge-undone] разделение записей
        [request] заявка управляющему
        [request-decided] решение по заявке
        [access-question] вопрос о доступе
        [made-manager] права управляющего
        [connect-offer] подключение чата
        [rating] вопрос об оценке
        [rating-again] вопрос об оценке
        [rating-words] ответ на слова пациента
        [aftercare] вопрос о самочувствии
        [case] тревога о визите
        [case-urgent] срочная тревога о визите
        [case-words] слова пациента
        [case-answer] ответ клиники
        [case-edit] обновление тревоги
        [case-solved] итог случая
        [case-overdue] нерешённый случай
        [case-waits] просьба нажать «Начать»
        [deputy] заместитель
        [reward] баллы за рекомендации
        [account-moved] номер в другом Telegram
        [account-confirmed] подтверждение аккаунта
        [codes-locked] тревога о неверных кодах
        [books-differ] тревога о сверке баллов
        [letters-refused] тревога о сообщениях
        [chat-lost] тревога о чате филиала
        [undelivered] сводка недошедшего
        [booked] запись на приём
        [moved] новое время приёма
        [appointment-cancelled] отмена приёма
        [appointment-card] карточка записи
        [remind24] напоминание о приёме
        [remind2] напоминание о приёме
        [missed] письмо после пропуска
        [task] задача
        [task-words] слова пациента
        [task-answer] ответ клиники
        [task-unheard] ответ, который не дошёл
        [task-edit] обновление задачи
        [task-below] пояснение к задаче
       *[other] сообщение
    }

alert-letters-refused =
    <b>Telegram не принял сообщение бота: { $what }.</b>

    Остальные идут как обычно. Повторять бот не будет: похоже на ошибку в программе, перешлите это тому, кто её обслуживает. Кому не дошло: /settings → «Что не дошло».

alert-chat-lost =
    <b>Бота больше нет в чате филиала «{ $branch }».</b>

    Поэтому чат отключён, а задачи и слова пациентов приходят вам. Добавьте бота в прежний чат или в новый и выберите этот филиал: команда и записи сохранились.

undelivered-title = <b>{ $branch }: дошло не всё</b>
undelivered-lost = Не дошло, позвоните, пожалуйста:
undelivered-doubtful = Неизвестно, дошло ли: связь с Telegram прервалась. Позвоните, если это важно:
undelivered-calm = Это тоже не дошло или могло не дойти, звонить не нужно:
undelivered-line = • { $who }: { $what }
undelivered-somebody = Пациент без имени
undelivered-more =
    { $more ->
        [one] И ещё { $more } сообщение
        [few] И ещё { $more } сообщения
       *[many] И ещё { $more } сообщений
    }: список у руководителя, /settings → «Что не дошло».

lost-open = Что не дошло
lost-title = <b>Что не дошло за 30 дней</b>
lost-none = Дошло всё.
lost-count =
    { $why ->
        [unreached] Бот заблокирован или аккаунт удалён: { $count }
        [doubtful] Неизвестно, дошло ли: { $count }
       *[refused] Telegram не принял: { $count }
    }
lost-entry = { $at } · { $who }: { $what }
lost-staff-chat = Чат сотрудников, { $branch }
lost-colleague = Руководитель или сотрудник
lost-newer = ← Новее
lost-older = Старее →
lost-letter =
    <b>{ $who }: { $what }</b>
    { $at }
lost-why =
    { $why ->
        [unreached] Не дошло: бот заблокирован, аккаунт удалён или «Начать» ещё не нажато. Если это важно, позвоните. Как только человек напишет боту, сообщения снова пойдут.
        [doubtful] Неизвестно, дошло ли: связь с Telegram прервалась на этом сообщении. Такое бот второй раз сам не отправляет, чтобы не прийти дважды.
       *[refused] Telegram не принял сообщение: похоже на ошибку в программе. Перешлите это тому, кто её обслуживает.
    }
lost-again = Отправить ещё раз
lost-back = ← К списку
lost-goes-again = Отправляется ещё раз

refusal-not-again = Это сообщение уже отправляется или отправлять его некому. Список: /settings → «Что не дошло».
