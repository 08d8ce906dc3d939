# Вернуть баллы, срок которых вышел: стойка, управляющий, письмо пациенту.

goodwill-button = Вернуть сгоревшие
goodwill-nothing = Возвращать нечего: за последнее время у пациента ничего не закончилось. { $whose }
goodwill-question =
    <b>Вернуть сгоревшие баллы?</b>
    { $whose }
goodwill-ended = Закончилось { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }, последний день — { $day }.
goodwill-say = Скажите: «Понимаю, обидно: срок закончился { $day }. Я верну вам { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    } на { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }, как раз на ближайший визит».
goodwill-more = Больше — с подтверждением управляющего.
goodwill-again = За последний год сгоревшие уже возвращали.
goodwill-manager = Поэтому подтвердит управляющий.
goodwill-give = Вернуть { $shown }
goodwill-done =
    ↩ <b>Возвращено { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>
    { $whose }
    { $at }, { $name }
goodwill-asked =
    ⏳ <b>Возврат сгоревших ждёт управляющего: { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>
    { $whose }

request-good-will =
    <b>Вернуть сгоревшие: { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b> · { $branch }
    { $whose }
    Просит { $name }
request-given-back =
    Возвращено <b>{ $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>
    { $whose }
request-asked-by = Просит { $name }

letter-goodwill = Срок ваших баллов закончился, и мы вернули вам <b>{ $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>.

refusal-nothing-ended = Столько вернуть нельзя: эти баллы закончились давно или уже возвращены.
