# Стойка: карточка визита, запись, поиск, скан кода.

category = { $category ->
        [hygiene] Гигиена
        [therapy] Терапия
        [surgery] Хирургия
        [implants] Импланты
        [prosthetics] Протезирование
        [orthodontics] Ортодонтия
        [children] Детский приём
        [diagnostics] Диагностика
       *[other] Другое
    }

card-person = <b>{ $name }</b> · { $phone } · { $rate }
card-nobody = <b>БЕЗ ПАЦИЕНТА</b> · баллы не считаем
card-training = <b>УЧЕБНЫЙ ПАЦИЕНТ</b> · в отчёты не попадёт
card-corrects = ✎ Исправляем запись на { $bill }
card-day = Визит: { $day }
card-balance = На счету { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
card-ends-soon = Срок { $points ->
        [one] { $shown } балла
       *[many] { $shown } баллов
    } — до { $day }.
card-sum-missing = Напишите сумму счёта следующим сообщением.
card-bill = { $kind ->
        [advance] Аванс { $sum }
       *[attendance] Счёт { $sum }
    }
card-unpaid = Приём без оплаты
card-without-points = без баллов
card-spends = Спишем { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } (на счету { $balance }, предел { $limit })
card-pays = <b>К оплате { $sum }</b>
card-earns = начислим { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
card-regular = в том числе за регулярность { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
card-settles = из них в счёт долга { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }, { $left ->
        [0] долг закроется
        [one] останется долг { $still } балл
        [few] останется долг { $still } балла
       *[many] останется долг { $still } баллов
    }
card-doctor = врач { $name }
card-recall = Контроль: { $day }
card-new-doctor = Врача { $name } ещё нет в списке. Добавить?
card-whose-sum = ✎ Кто врач строки { $n }: { $sum }?
card-repeats = ❗ Такую же строку только что прислали. Это ещё один визит?
card-unusual = ❗ Обычно счёт около { $usual }, а здесь { $sum }. Верно?
card-asked = ⏳ Ждём пациента: на телефоне нужно нажать «Да, списать { $points }». Запрос открыт до { $until }.
card-can-ask = Списание должен подтвердить пациент на своём телефоне.
card-signature = Пациент без бота: нужна подпись на бумаге за списание — { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
card-too-much = По подписи можно списать не больше { $limit }.
card-withdrawn = ❗ Пациент отозвал согласие на обработку данных. Визит можно записать «Без пациента».
card-spending-off = ❗ Списание с этого счёта остановлено: сумма без баллов. Начисления идут.
card-ask-aloud = Спросите: «{ $name }, списать { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } или оставить?»
card-ask-aloud-unnamed = Спросите: «Списать { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } или оставить?»
card-who-of-phone = Под номером { $phone } несколько человек. Кто на приёме?
card-who-else = Под номером { $phone } у нас один человек. Кто на приёме: он или кто-то из семьи?
card-who-new = Номер { $phone } у нас впервые. Напишите имя пациента следующим сообщением или ответом на это.
card-who-phone-end = { $digits } — не код. Это конец номера телефона?
card-paper = { $name }, { $phone }. Согласие на обработку данных подписано на бумаге?
card-dropped = Карточка убрана, ничего не записано.
card-dropped-correction = Карточка убрана, ничего не исправлено. Запись на { $bill } остаётся как была.
card-awaits = ✎ { $what ->
        [spo] Жду число баллов
        [sum] Жду сумму
        [name] Жду имя пациента
        [pero] Жду код или телефон
       *[doco] Жду фамилию врача
    } следующим сообщением.
card-moved = У пациента новый Telegram. Если это он, нажмите «Новый аккаунт»: списание включится.
card-agreed = ✓ Пациент подтвердил списание.
card-earned-today = Начисленное сегодня можно тратить с завтрашнего дня.
card-today = ❗ Сегодня уже записано: { $visits }.
card-button-new = Новый человек
card-button-another = Другой, тот же номер
refusal-code-recorded = По этому коду визит уже записан: { $at }, { $name }, { $sum } ₽. Второй визит — по новому коду или по телефону.
card-recorded = Записано

card-button-record = ✅ Записать
card-button-record-surely = ✅ Да, записать
card-button-record-unspent = ✅ Записать без списания
card-button-spend = Списать { $points }
card-button-spend-nothing = Без списания
card-button-other-points = Другое число
card-button-signed = ✍ Подпись есть
card-button-ask = Спросить пациента
card-button-second = Второй врач
card-button-not-them = Не тот пациент
card-button-category = Вид
card-button-doctor = Врач
card-button-recall = Контроль
card-button-more = Ещё
card-button-drop = Убрать карточку
card-button-back = ← К карточке
card-button-sum = Ввести сумму
card-button-name = Ввести имя
card-button-other-person = Другой код, номер
card-button-nobody = Без пациента
card-button-paper = Да, подписано
card-button-no-paper = Нет
card-button-other-doctor = Другой врач
card-button-new-doctor = Добавить врача
card-button-new-doctor-of = Добавить в { $n }
card-button-day = День визита
card-button-advance = Это аванс
card-button-attendance = Это приём
card-button-part = { $chosen ->
        [yes] ● { $n }-я сумма
       *[no] { $n }-я сумма
    }
card-button-without-points = { $n ->
        [0] Без баллов
       *[many] { $n }: без баллов
    }
card-button-with-points = { $n ->
        [0] С баллами
       *[many] { $n }: с баллами
    }
card-button-mend-sum = { $n ->
        [0] Исправить сумму
       *[many] { $n }: сумма
    }
card-button-remove = { $n }: убрать
card-button-recall-days = { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
card-button-recall-months = { $months ->
        [one] { $months } месяц
        [few] { $months } месяца
        [12] Год
       *[many] { $months } месяцев
    }
card-button-days-ago = { $days ->
        [0] Сегодня
        [1] Вчера
        [2] Позавчера
        [one] { $days } день назад
        [few] { $days } дня назад
       *[many] { $days } дней назад
    }

card-type-second = Напишите, сколько стоит приём второго врача: прибавим к счёту
card-type = { $what ->
        [spo] Напишите число баллов следующим сообщением, например 500
        [sum] Напишите сумму следующим сообщением, например 12400
        [name] Напишите имя пациента следующим сообщением
        [pero] Напишите код или телефон пациента следующим сообщением
       *[doco] Напишите фамилию врача следующим сообщением
    }

receipt-recorded = ✅ Записано { $at }, { $name }
receipt-training =
    <b>УЧЕБНАЯ ЗАПИСЬ — в кассу не вносить</b>
    Записано { $at }, { $name }
receipt-training-money = На настоящем визите: скидка { $discount }, к оплате { $cash }
receipt-person = { $name } { $phone }
receipt-till = <b>В кассу и МИС: скидка { $discount }, к оплате { $cash }</b>
receipt-till-plain = <b>В кассу и МИС: к оплате { $cash }</b>
receipt-advance = <b>В кассу и МИС: аванс { $cash }</b>
receipt-unpaid = <b>В МИС: приём без оплаты</b>
receipt-points = Баллы: { $before } → { $after } (списано { $spent }, начислено { $earned })
receipt-settled = из них в счёт долга { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
receipt-was-recorded = Записано { $at }, { $name }
receipt-struck = <s>{ $line }</s>
receipt-cancelled = ↩ <b>Отменено { $at }, { $name }: { $kind ->
        [wrong_sum] исправлена сумма
        [wrong_patient] записано на другого пациента
       *[undone] запись отменена
    }</b>
receipt-now = <b>Теперь: к оплате { $cash }</b>, новая запись ниже
receipt-returned = ↩ <b>Возврат { $at }, { $name }: возвращено { $money } деньгами{ $points ->
        [0] {""}
        [one] { " " }и { $shown } балл
        [few] { " " }и { $shown } балла
       *[many] { " " }и { $shown } баллов
    }{ $clawed ->
        [0] {""}
        [one] , снят { $taken } балл
        [few] , снято { $taken } балла
       *[many] , снято { $taken } баллов
    }</b>
receipt-left = Остаётся в кассе за визит: <b>{ $cash }</b>
receipt-part-returned = возвращено { $money }
receipt-button-sum = Исправить сумму
receipt-button-patient = Не тот пациент
receipt-button-return = Возврат
receipt-button-slip = Приглашение с QR

line-which = Эту строку можно понять по-разному. Что верно?
line-reading = <code>{ $line }</code>
line-how =
    Напишите код и сумму: <code>4821 12400 макс</code>
    Без бота — телефон: <code>+7 912 345-67-89 12400</code>

found-which = Кто на приёме?
found-more = Нашлось больше, чем здесь видно. Выберите из этих, добавьте фамилию или напишите телефон.
found-nobody = Никого с таким именем нет; у многих записано только имя, без фамилии. Попробуйте одно имя или телефон: <code>+7 912 345-67-89</code>
found-how = Напишите имя: <code>/patient Мария Петрова</code>. По коду или телефону — просто <code>4821</code>.

scan-staff-only = Это код пациента для администратора. Чтобы его открыть, нужен доступ к чату сотрудников клиники.
scan-where = В каком филиале пациент?
scan-card-in-chat = Карточка — в чате филиала { $branch }.

slip-caption =
    { $name }, ваши { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } ждут в боте клиники. Наведите камеру на код и нажмите «Начать».

slip-caption-unnamed = Ваши { $points ->
        [one] { $shown } балл ждёт
        [few] { $shown } балла ждут
       *[many] { $shown } баллов ждут
    } в боте клиники. Наведите камеру на код и нажмите «Начать».

refusal-nobody-to-invite = Приглашать некого: у пациента уже есть бот, или визит записан без пациента.
refusal-stale-card = Карточка изменилась. Посмотрите ещё раз и нажмите снова.
refusal-card-gone = Эту карточку убрали. Отправьте строку заново.
refusal-recorded-already = Этот визит уже записан. Исправления — под записью.
refusal-other-branch = Это карточка другого филиала.
refusal-nobody-to-ask = У пациента нет бота. Попросите подпись на бумаге.
refusal-own-pocket = Это ваш счёт, счёт близких или того, кого вы порекомендовали. Попросите коллегу.
refusal-needs-signature = Списание нужно подтвердить подписью: попросите расписаться и нажмите «✍ Подпись есть». Или нажмите «Без списания».
refusal-needs-consent = Пациент ещё не подтвердил списание. Дождитесь или нажмите «Без списания».
refusal-spending-off = Списание с этого счёта остановлено. На карточке теперь сумма без баллов: назовите её и нажмите «Записать».
refusal-consent-withdrawn = Пациент отозвал согласие на обработку данных. Запишите визит «Без пациента».
refusal-patient-erased = Данные этого пациента удалены, записывать на него больше ничего нельзя. Визит можно записать «Без пациента».
refusal-branch-disconnected = Чат этого филиала отключён, проверить доступ негде. Решить может владелец.
refusal-not-ready = Ещё не ясно, кто на приёме или на какую сумму.
refusal-no-such-code = Такого кода нет. Попросите пациента открыть «Мой код» или введите телефон.
refusal-code-ended = Этот код уже обновился. Попросите пациента показать «Мой код» ещё раз.
refusal-code-locked = Слишком много неверных кодов: 10 минут ищите по телефону.
refusal-spend-request-over = Этот запрос уже не действует. Спросите администратора.
refusal-not-staff = Доступа к записи визитов нет. Его даёт руководитель в чате сотрудников.
refusal-unsure = Не удалось проверить доступ. Нажмите ещё раз через минуту.
refusal-not-a-sum = Не прочиталась сумма. Напишите её числом: 12400 или 12400,50
refusal-no-points-here = Баллы здесь не списываются. Напишите одну сумму, например 12400
refusal-not-points = Не прочиталось число баллов. Напишите, например, 500 или «макс»
refusal-not-a-person = Напишите код из четырёх цифр или телефон целиком: +7 912 345-67-89
