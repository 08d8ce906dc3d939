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
       *[many] пришли { $friends } человек.
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
friends-how = Баллы за рекомендации приходят 1-го числа одной суммой, по { $step }; остаток копится. Пока лечится только один друг, они приходят позже. Кто, когда и на сколько лечился, не показываем никому: это личное.
