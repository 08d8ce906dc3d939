# Настройки программы: руководитель видит и меняет числа.

settings-open = Настройки программы
settings =
    <b>Настройки программы</b>

    По этим числам клиника начисляет и принимает баллы. Новое число действует с момента, когда вы его сохранили; визиты прошлых дней считаются по прежним.
settings-changes = История изменений
settings-back = ← Все настройки
settings-back-to = ← { $group }

settings-number = <b>{ $name }</b> — { $value }
settings-numbers = <b>{ $name }</b>
settings-of-category = • { $category } — { $value }
settings-now = Сейчас: { $value }
settings-range-percent = Можно от { $lowest } до { $highest } %.
settings-range-rubles = Можно от { $lowest } до { $highest } ₽.
settings-range-points = Можно от { $lowest } до { $highest } баллов.
settings-range-days = Можно от { $lowest } до { $highest } дней.
settings-range-months = Можно от { $lowest } до { $highest } месяцев.
settings-range-minutes = Можно от { $lowest } до { $highest } минут.
settings-range-people = Можно от { $lowest } до { $highest } человек.
settings-range-switch = Можно «да» или «нет».
settings-type = Изменить
settings-general = Как у всех
settings-uninvited = Не приглашать
settings-switch-on = Да, без баллов
settings-switch-off = Нет, как обычно
settings-allow = Да, разрешить
settings-forbid = Нет, запретить
settings-write = Напишите новое число одним сообщением.
settings-cancel = ← Не менять

settings-confirm =
    Сейчас: { $before }
    Станет: <b>{ $after }</b>
settings-example = Например, визит на { $bill }:
settings-example-paid = Например, визит на { $bill } у пациента, который заплатил уже { $paid }:
settings-example-points = • можно оплатить баллами: { $points }
settings-example-earned = • придёт баллов: { $points }
settings-example-reward = • придёт тому, кто посоветовал: { $points }
settings-from-now = Сохранённое действует сразу. Визиты прошлых дней считаются по прежним числам.
settings-save = Сохранить
settings-saved = Сохранено

settings-value-points =
    { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }
settings-value-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
settings-value-months =
    { $months ->
        [one] { $months } месяц
        [few] { $months } месяца
       *[many] { $months } месяцев
    }
settings-value-minutes =
    { $minutes ->
        [one] { $minutes } минута
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    }
settings-value-people =
    { $people ->
        [one] { $people } человек
        [few] { $people } человека
       *[many] { $people } человек
    }
settings-value-yes = да
settings-value-no = нет
settings-value-general = как у всех
settings-value-uninvited = не приглашаем

settings-changes-title = <b>История изменений</b>
settings-unchanged = Пока ничего не меняли.
settings-changed = { $at } · { $name }
settings-difference = { $number }: { $before } → { $after }
settings-you = вы
settings-somebody = Руководитель { $number }

refusal-numbers-moved = Пока вы смотрели, числа изменились. Вот как сейчас: проверьте ещё раз.
refusal-same-number = Сейчас так и есть, менять нечего.
