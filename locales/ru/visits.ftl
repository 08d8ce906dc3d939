# Визит глазами пациента: чек, список, возражения.

visit-thanks = Спасибо, что были у нас!
visit-thanks-past = Спасибо, что были у нас { $day }!
visit-advance = Спасибо, аванс принят.
visit-corrected = Исправили запись о визите, прежняя отменена.
visit-whose = Пациент: { $name }
visit-paid = Оплачено <b>{ $cash }</b>.
visit-paid-with-points = Счёт { $bill }, баллами { $points }, оплачено <b>{ $cash }</b>.
visit-unpaid = Приём без оплаты.
visit-earned =
    { $points ->
        [one] Начислен { $points } балл, он сохранится
        [few] Начислено { $points } балла, они сохранятся
       *[many] Начислено { $points } баллов, они сохранятся
    } до { $day }.
visit-regular =
    { $points ->
        [one] За регулярность — ещё { $points } балл
        [few] За регулярность — ещё { $points } балла
       *[many] За регулярность — ещё { $points } баллов
    }, до { $day }.
visit-settled =
    { $points ->
        [one] Ещё { $points } начисленный балл ушёл
        [few] Ещё { $points } начисленных балла ушли
       *[many] Ещё { $points } начисленных баллов ушли
    } в счёт долга.
visit-settled-all =
    { $points ->
        [one] Начислен { $points } балл, он ушёл
        [few] Начислено { $points } балла, все они ушли
       *[many] Начислено { $points } баллов, все они ушли
    } в счёт долга.
visit-debt-closed = Долг закрыт.
visit-balance =
    На счету <b>{ $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }</b>.
visit-recall-day = Следующий осмотр — { $day }.
visit-recall-month =
    Следующий осмотр — в { $month ->
        [1] январе
        [2] феврале
        [3] марте
        [4] апреле
        [5] мае
        [6] июне
        [7] июле
        [8] августе
        [9] сентябре
        [10] октябре
        [11] ноябре
       *[many] декабре
    }{ $year }.
visit-cash-slip = Кассовый чек выдаёт клиника.
visit-not-mine = Не мой визит
visit-not-asked = Не просили списать

visits-title = <b>Визиты</b>
visits-empty = Здесь появятся ваши визиты. Пока их нет.
visits-booked = Впереди
visits-before = Были
visits-ends-soon = Часть баллов скоро закончится. Если вы уже записаны, они подождут визита.
visits-day = <b>{ $day }</b>
visits-branch = { $branch }
visits-whose = { $name }
visits-paid = Оплачено { $cash }
visits-advance = Аванс { $cash }
visits-points = баллы: { $points }
visits-doctor = Врач: { $name }
visits-returned = Возвращено { $money }
visits-cancelled = <s>{ $day }</s> · запись отменена
command-visits = Мои визиты

complaint-not-mine = <b>Пациент говорит: «Не мой визит»</b>
complaint-not-asked = <b>Пациент говорит: «Не просили списать»</b>
complaint-who = { $name } { $phone } · { $branch }
complaint-visit = Запись { $at }, { $staff }. { $sums }
complaint-what-now = Само ничего не изменится: проверьте и, если это ошибка, исправьте под записью.
complaint-open = Открыть запись
complaint-noted-not-mine = Передали администратору и руководителю: проверим визит { $day } и, если это ошибка, исправим. Пока ничего не меняется.
complaint-noted-not-asked =
    Передали администратору и руководителю: проверим, почему { $day } списали { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }. Если это ошибка, вернём.
complaint-toast = Передали
complaint-before = Уже передали: проверяем.
complaint-cancelled = Эта запись уже отменена.

slip-strange =
    <b>Приглашение открыл другой номер</b>
    Выдано: { $name } { $phone }, визит { $day }. Открыл номер { $other }.
    Баллы за визит остались на месте. Проверьте номер, когда пациент придёт снова.
