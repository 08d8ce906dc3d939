# Записи на приём: что видит пациент, что видит администратор.

appointment-when =
    { $near ->
        [today] сегодня, { $date }, в { $hour }
        [tomorrow] завтра, { $date }, в { $hour }
       *[later] { $day }, в { $hour }
    }
appointment-booked = Вы записаны: <b>{ $when }</b>.
appointment-moved = Перенесли. Теперь ждём вас: <b>{ $when }</b>.
appointment-cancelled = Запись отменена: { $when }.
appointment-remind =
    { $named ->
        [yes] { $name }, ждём вас: <b>{ $when }</b>.
       *[no] Ждём вас: <b>{ $when }</b>.
    }
appointment-remind-several =
    { $named ->
        [yes] { $name }, ждём вас.
       *[no] Ждём вас.
    }
appointment-all-confirmed = Спасибо, ждём вас.
appointment-button-all-come = Придём
appointment-button-each = Изменить
appointment-will-you-come = Придёте?
appointment-plans-changed = Если планы изменились, позвоните: { $phone }
appointment-missed =
    { $named ->
        [yes] { $name }, { $day } ждали вас и не встретились.
       *[no] { $day } ждали вас и не встретились.
    } Надеемся, всё хорошо. Подберём другое время, когда вам будет удобно.
appointment-address = Адрес: { $address }
appointment-branch = Филиал: { $branch }
appointment-confirmed = Спасибо, ждём вас: <b>{ $when }</b>.
appointment-button-comes = Приду
appointment-button-move = Перенести
appointment-button-cancel = Отменить

appointment-to-move = Хорошо, найдём другое время. Позвоним { $call }.
appointment-button-comes-after-all = Всё-таки приду
appointment-cancel-sure = Отменить визит: { $when }?
appointment-button-cancel-surely = Да, отменить
appointment-button-comes-instead = Нет, приду
appointment-gone = Визит отменён, спасибо, что предупредили. Позвоним { $call }: вдруг удобнее другой день.
appointment-now = Время этого визита изменилось. Сейчас вы записаны: <b>{ $when }</b>.
appointment-over = Эта запись уже закрыта.
appointment-ahead = <b>{ $when }</b>
appointment-awaits-move = Ищем другое время, администратор позвонит.
appointment-button-move-of = Перенести { $day }
appointment-button-cancel-of = Отменить { $day }

promise =
    { $near ->
        [by] сегодня до { $hour }
        [today] сегодня с { $hour }
        [tomorrow] завтра с { $hour }
       *[later] { $day } с { $hour }
    }

booking-title =
    { $state ->
        [booked] 📅 <b>Запись</b>
        [confirmed] 📅 <b>Запись</b> · пациент подтвердил
        [to_move] 📅 <b>Запись</b> · пациент просит другое время
        [cancelled] { $asked ->
            [yes] <s>Запись</s> · отменил пациент
           *[no] <s>Запись</s> · отменена
        }
        [came] Запись · визит состоялся
       *[missed] Запись · визит не состоялся
    }
booking-time = { $day }, { $hour }
booking-minutes = { $minutes } мин
booking-booked = { $name }, { $at }
booking-not-in-app = Пациента нет в боте: напомните звонком.
booking-button-missed = Не пришёл
booking-button-not-missed = Вернуть запись

booking-button = Записать на приём
booking-button-for = Записать на { $month }
booking-when =
    <b>Когда записать?</b> { $person }
    Напишите день и время, можно с врачом: 12.12 15:30 Петрова
booking-move-when =
    <b>На какое время перенести?</b> { $person }
    Сейчас: { $now }
    Напишите день и время, можно с врачом: 12.12 15:30 Петрова
booking-which = <b>Кого записать?</b> { $when }
booking-doctor-unknown =
    <b>Такого врача нет в списке.</b>
    { $person } · { $when }
booking-doctor-name = { $name }
booking-button-add-doctor = Добавить врача
booking-button-no-doctor = Без врача
booking-doubtful =
    <b>Проверьте время.</b>
    { $person } · { $when }
booking-day-off = • У филиала это выходной.
booking-closed = • Филиал работает с { $opens } до { $closes }.
booking-far =
    • Это больше чем через { $months ->
        [one] { $months } месяц
        [few] { $months } месяца
       *[many] { $months } месяцев
    }: проверьте год.
booking-busy = • Врач занят: { $person }, { $when }, { $minutes } мин.
booking-theirs = • У пациента уже есть запись: { $when }, { $minutes } мин.
booking-button-drop = Не записывать
booking-button-surely = Всё равно записать
booking-button-other-time = Другое время
booking-cancel-sure =
    <b>Отменить запись?</b>
    { $person } · { $when }
    Пациент получит сообщение.
booking-button-cancel-surely = Да, отменить
booking-button-keep = Оставить
booking-below = { $person }: запись перенесена, карточка ниже.

wish-button = Записаться
wish-branch = <b>В какой филиал?</b>
wish-patient = <b>Кого записать?</b>
wish-when = <b>Когда удобнее?</b>
wish-button-back = ← Визиты
wish-button-daytime = Будни днём
wish-button-evening = Будни вечером
wish-button-weekend = Выходные
wish-doctor = <b>К какому врачу?</b>
wish-any-doctor = Любой
wish-heard = Передали администратору, позвоним { $call }.
wish-nowhere = Позвоните нам, подберём время: { $phone }

elsewhere-button = Уже есть запись
elsewhere-waits =
    { $points ->
        [one] Хорошо, { $points } балл подождёт
        [few] Хорошо, { $points } балла подождут
       *[many] Хорошо, { $points } баллов подождут
    } вашего визита до { $day }.
elsewhere-noted = Хорошо, отметили. Ждём вас!

refusal-appointment-in-past = Это время уже прошло. Назовите другое, например: 12.12 15:30
refusal-appointment-over-year = Записываем не дальше чем на год. Назовите день поближе, например: 12.12 15:30
refusal-no-such-hour = В эту ночь часы переводят вперёд, такого времени не будет. Назовите другое, например: 12.12 15:30
refusal-doubled-hour = В эту ночь часы переводят назад, такое время наступит дважды. Назовите другое, например: 12.12 15:30
refusal-unknown-doctor = Этого врача больше нет в списке. Напишите запись ещё раз, с другим врачом или без него.
refusal-not-a-length = Приём длится от 5 до 480 минут. Выберите другую длину.
refusal-appointment-changed = Запись уже изменилась. Посмотрите, как она выглядит сейчас.
refusal-appointment-over = Эта запись уже закрыта. Если нужно, запишите заново.
refusal-appointment-not-yet = Приём ещё не начался. «Не пришёл» можно нажать после его начала.
refusal-appointment-phone-unknown = Этого номера пока нет. Отправьте его сюда: запишем имя и согласие, потом — на приём.
refusal-appointment-training = Учебного пациента записывать не нужно. Отправьте код или телефон настоящего.
refusal-not-a-time = Не получилось прочитать время. Напишите день и час, можно с врачом: 12.12 15:30 Петрова
