# Возврат денег за визит, целиком или по частям: чат сотрудников.

return-what =
    <b>Что вернуть?</b>
    { $whose } · { $day }
    Можно выдать деньгами до { $money }.
return-all = { $which ->
        [rest] Всё, что осталось
       *[all] Весь визит
    }
return-part-button = { $n }. { $what } · { $money }
return-plain-part = Часть счёта
return-other = Другая сумма
return-of-which = <b>Часть какой суммы вернуть?</b>
return-how-much =
    <b>Какую часть счёта вернуть?</b>
    { $whose } · { $day }
return-awaits-sum =
    Сколько из неё выдать деньгами, посчитаем.

    ✎ Жду сумму следующим сообщением, например 3000.
return-question =
    <b>{ $which ->
        [all] Вернуть весь визит?
        [rest] Вернуть всё, что осталось?
       *[part] Вернуть часть визита?
    }</b>
    { $whose } · { $day }
return-slice = Из счёта: { $money }
return-moves = Из кассы: { $money }.
return-debt = На счету не хватит { $points ->
        [one] { $shown } балла
       *[many] { $shown } баллов
    }: их закроют следующие начисления.
return-settles = Из возвращённых баллов прежний долг закроют { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
return-waits = Такой возврат подтверждает управляющий.
return-why = Почему возвращаем?
return-reason = { $reason ->
        [redone] Переделка
        [complaint] Жалоба
        [billing] Ошибка в счёте
       *[own] Своими словами
    }
return-confirm =
    <b>Вернуть { $money }?</b>
    { $whose } · визит { $day }
return-gives = На счёт вернём { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
return-claws = Снимем начисленное за визит: { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
return-moves-no-points = Баллы не изменятся.
return-because =
    Причина:
    { $reason }
return-surely = Вернуть
return-ask = Запросить возврат
return-leave = Не возвращать
return-type-reason = Напишите причину следующим сообщением
return-done =
    ↩ <b>Возврат: { $money }</b>
    { $whose } · { $reason }
    { $at }, { $name }
return-asked =
    ⏳ <b>Возврат { $money } ждёт управляющего</b>
    { $whose } · { $reason }
    До ответа деньги не выдавайте.

refusal-partly-returned = Часть денег за этот визит уже вернули: { $name }. Остаток тоже можно вернуть кнопкой «Возврат» под записью, потом записать визит заново.
refusal-too-much-to-return = Столько в этой части счёта не осталось: вернуть можно до { $left }. Напишите сумму поменьше.
refusal-part-first = Сначала выберите строку счёта кнопкой, потом напишите сумму.
refusal-returned-meanwhile = Пока вы смотрели, часть денег уже вернули: { $name }. Нажмите «Возврат» под записью ещё раз: суммы изменились.
refusal-return-waits = Другой возврат этого визита ждёт управляющего, попросили: { $name }. Дождитесь ответа.
