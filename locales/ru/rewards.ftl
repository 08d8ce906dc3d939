# Рекомендации: что пришло 1-го числа, что видит пациент.

letter-reward = За рекомендации на { $first }: <b>{ $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>{ $ends ->
        [none] .
       *[day] , до { $day }.
    }
letter-reward-settled = { $points ->
        [one] { $shown } балл закрыл
        [few] { $shown } балла закрыли
       *[many] { $shown } баллов закрыли
    } прежний долг.
letter-reward-thanks = Спасибо, что советуете нас!

friends-button = Мои рекомендации
friends =
    <b>Мои рекомендации</b>
    На { $first }

    По вашей рекомендации { $friends ->
        [0] пока никто не пришёл.
        [one] пришёл { $friends } человек.
        [few] пришли { $friends } человека.
       *[many] пришло { $friends } человек.
    }
friends-came = Начислено: <b>{ $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>{ $ends ->
        [none] .
       *[day] , до { $day }.
    }
friends-nothing = В этот раз баллов нет.
friends-how = Баллы за рекомендации приходят первого числа одной суммой, кратной { $step }; остаток копится. Пока лечится только один друг, они приходят позже. Кто, когда и на сколько лечился, не показываем: это личное.
friends-share = Поделиться визиткой ещё

referrals-button = Рекомендации
referrals =
    <b>Рекомендации</b>

    Пришли по рекомендации: <b>{ $friends }</b>
    Из них платили: <b>{ $paying }</b>
    Их визиты принесли: <b>{ $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }</b>
referrals-posted = Из них начислено: <b>{ $shown }</b>. Остальное копится и приходит 1-го числа, а пока платит один друг — позже.
referrals-branch = Здесь только те, кто лечился в вашем филиале.
referrals-bonds-button = Кто кого привёл
referrals-best-button = Лучшие
referrals-strange-button = Подозрительные
referrals-back = ← Рекомендации
referrals-before = ← Назад
referrals-after = Дальше →
referrals-none = Пока никого.
referrals-bonds = <b>Кто кого привёл</b>
referrals-bond =
    { $by } → { $whom }
    { $day } · { $paid ->
        [yes] { $points ->
            [one] { $shown } балл
            [few] { $shown } балла
           *[many] { $shown } баллов
        }
       *[no] ещё не было оплат
    }
referrals-best = <b>Кто привёл больше всех</b>
referrals-best-line =
    { $by }
    друзей { $friends }, платили { $paying } · { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
referrals-strange =
    <b>Подозрительные</b>
    Это не доказательство, а повод посмотреть.
referrals-strange-line =
    { $by }
    { $why ->
        [crowd] { $friends ->
            [one] { $friends } новый
            [few] { $friends } новых
           *[many] { $friends } новых
        } за один день, { $day }
        [unpaid] друзей { $friends }, никто ни разу не платил
       *[same] совпали телефон или имя: { $friends }
    }
referrals-clean = Ничего подозрительного.
