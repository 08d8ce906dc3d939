# Исправления, подарки: чат сотрудников, решение управляющего, письма пациенту.

card-who-corrects = ✎ <b>Чей на самом деле визит на { $bill }?</b> Напишите код или телефон следующим сообщением.

correction-person = { $name } { $phone }
correction-nobody = Без пациента
correction-training = Учебный пациент
correction-which-sum = Выберите на карточке «Ещё» и сумму, которую нужно исправить
correction-leave = Оставить как есть

undo-question =
    <b>Отменить эту запись?</b>
    { $at } · { $whose } · { $bill }
undo-moved = Визит перенесён сюда от другого пациента: после отмены он не останется ни за кем.
undo-yes = Отменить запись
undo-done = ↩ Запись { $recorded } отменена { $at }, { $name }: { $whose }

gift-button = Подарить баллы
gift-how-many = <b>Сколько баллов подарить?</b>
    { $whose }
gift-other = Другое число
gift-type-points = Напишите число баллов следующим сообщением, например 300
gift-why = <b>Подарим { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }. За что?</b>
    { $whose }
gift-reason = { $reason ->
        [waiting] За ожидание
        [sorry] За неудобство
        [thanks] В благодарность
       *[own] Своими словами
    }
gift-type-reason = Напишите, за что подарок, следующим сообщением
gift-done =
    🎁 <b>Подарено { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>
    { $whose } · { $reason }
    { $at }, { $name }
gift-asked =
    ⏳ <b>Подарок { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } ждёт управляющего</b>
    { $whose } · { $reason }

account-question =
    <b>Подтвердить новый аккаунт?</b>
    { $whose }
    Подтверждайте, только если человек перед вами и назвал себя: номера телефонов переходят к другим людям.
account-button = Новый аккаунт
account-yes = Это наш пациент
account-done = ✅ Новый аккаунт подтвердили { $at }, { $name }: { $whose }
account-nothing = Подтверждать нечего: аккаунт уже подтверждён.

request-return =
    <b>Возврат { $money }</b> · { $branch }
    { $whose } · визит { $day }
    Причина: { $reason }
    Просит { $name }
request-part = Это часть визита, за него заплатили { $cash }
request-part-after = За визит заплатили { $cash }, раньше вернули { $before }
request-gift =
    <b>Подарок { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b> · { $branch }
    { $whose }
    За что: { $reason }
    Просит { $name }
request-grant = Подтвердить
request-refuse = Отказать
request-decided = { $state ->
        [granted] ✅ Подтверждено
        [undone] ↩ Записи снова раздельные
       *[refused] ✖ Отказано
    }
request-granted-by = ✅ <b>{ $who ->
        [owner] Руководитель подтвердил
       *[manager] Управляющий подтвердил
    }</b>
request-refused-by = ✖ <b>{ $who ->
        [owner] Руководитель отказал
       *[manager] Управляющий отказал
    }</b>
request-pay-nothing = Деньги не выдавайте.
request-pay-out =
    Выдать <b>{ $money }</b> деньгами
    { $whose } · визит { $day }
request-points-back = На счёт возвращено { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
request-clawed = Снято { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
request-owed = Из них на счету не хватило { $points ->
        [one] { $shown } балла
       *[many] { $shown } баллов
    }: это долг, его закроют следующие начисления
request-settled = Из возвращённых в счёт прежнего долга { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
request-given =
    Подарено <b>{ $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>
    { $whose }
request-asked = { $reason } · просит { $name }

letter-mistaken = Запись от { $at } сделана по ошибке и отменена.
letter-mistaken-same = Ваши баллы прежние: { $points }.
letter-mistaken-sorry = Извините за беспокойство.
letter-returned = Возврат за визит { $day }: { $money }.
letter-returned-points = На счёт вернули { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
letter-returned-clawed = Начисленное за этот визит сняли: { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
letter-returned-clawed-part = Начисленное за эту часть сняли: { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
letter-gift = Вам подарок: <b>{ $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>.
letter-gift-ends = Можно использовать до { $day }.
letter-settled = Из них { $points ->
        [one] { $shown } балл закрыл
        [few] { $shown } балла закрыли
       *[many] { $shown } баллов закрыли
    } прежний долг.
letter-balance = На счету { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }.
letter-account-confirmed = Готово: на стойке подтвердили ваш новый Telegram. Баллами снова можно платить, история открыта.

refusal-reversed-already = Этот визит уже исправлен или возвращён: { $name }. Подробности — под записью.
refusal-too-late-to-correct = Сумму исправляют в день записи. Теперь — «Возврат» под записью, потом запишите визит заново. Больше предела возврат подтвердит управляющий.
refusal-moves-whole = Старый визит переходит к другому пациенту как есть: сумма, вид и день остаются прежними. Отбросьте карточку и начните исправление заново.
refusal-not-to-training = Настоящий визит нельзя сделать учебным. Назовите код или телефон пациента.
refusal-needs-return = Столько без пациента не оставить: нажмите «Возврат» под записью, его подтвердит управляющий.
refusal-too-late-to-undo = Отменить запись можно только в тот же день. Теперь — «Возврат» под записью.
refusal-nothing-to-undo = Отменять нечего: сегодня вы здесь ничего не записывали. Вчерашний визит возвращают кнопкой «Возврат» под записью.
refusal-not-your-recording = Отменить запись может тот, кто её сделал. Для остальных — «Возврат» под записью.
refusal-not-a-reason = Напишите причину словами, не длиннее { $longest ->
        [one] { $longest } знака
       *[many] { $longest } знаков
    }.
refusal-gift-size = Подарить можно от 1 до { $most ->
        [one] { $most } балла
       *[many] { $most } баллов
    }.
refusal-not-yours-to-decide = Решает руководитель или управляющий этого филиала.
refusal-nobody-on-shift = Сначала скажите в чате филиала, кто на смене: напишите там любую строку и выберите имя.
refusal-own-request = Это ваша просьба: решает руководитель или другой управляющий.
refusal-decided-already = Уже решено.
