# Баллы: счёт, история, правила.

money = { $amount } ₽

balance =
    <b>{ $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }</b>
    1 балл = 1 ₽, можно оплатить до { $cap } счёта.

    Уровень «{ $tier ->
        [silver] Серебро
        [gold] Золото
       *[standard] Стандарт
    }»: { $rate } с каждой оплаты приходит баллами.
balance-next =
    { $bar }
    До { $tier ->
        [standard] Стандарта
        [silver] Серебра
        [gold] Золота
       *[other] следующего уровня
    } — ещё { $left }, тогда будет { $rate }.
balance-top = Это самый высокий уровень. Спасибо, что вы с нами!
balance-ends-all = Баллы сохранятся до { $day }.
balance-ends =
    { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    } — до { $day }
balance-ends-title = Сроки:
balance-ends-later = Остальные — позже.
balance-empty = Сейчас баллов нет.{ $debt ->
        [0] { " " }Они придут после следующей оплаты.
       *[many] {""}
    }
debt = Долг { $points ->
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }: его закроют следующие начисления.
balance-spending-off =
    Оплата баллами пока выключена: номер подключили в новом Telegram. Включить её может администратор на стойке. Баллы в сохранности, начисления продолжаются.
balance-frozen = Списания остановлены по вашей просьбе. Снять остановку может руководитель. Баллы в сохранности, начисления продолжаются.
balance-visits = Визиты
balance-history = История
balance-help = Как это работает
balance-back = ← Баллы

history-title = <b>История</b>
history-line = { $day } · { $kind ->
        [welcome] За знакомство
        [join] Объединение счетов
        [erasure] Удаление данных
        [visit] Визит
        [payment] Оплата
        [reversal] Исправление
        [return] Возврат денег
        [expiry] Срок вышел
        [prolonged] Срок продлён
        [merge] Объединение записей
        [merge_undone] Разделение записей
        [reward] За рекомендации
        [good_will] Вернули сгоревшие
        [friend] Подарок по визитке
        [gift] Подарок клиники
       *[other] Операция
    } · { $points }
history-settled = из них { $shown } в счёт долга
history-owed = { $shown } в долг
history-empty = Здесь появятся все начисления и списания. Пока их нет.
history-newer = ← Новее
history-older = Раньше →

help =
    <b>Как это работает</b>

    За оплату вы получаете { $rates } баллами. 1 балл = 1 ₽, баллами можно оплатить до { $cap } счёта. Баллы живут { $days ->
        [365] год
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }{ $months ->
        [0] {""}
        [one] , за гигиену — { $months } месяц
        [few] , за гигиену — { $months } месяца
       *[many] , за гигиену — { $months } месяцев
    }; о сроке предупредим заранее. На деньги баллы не меняются.
help-tier =
    • { $tier ->
        [silver] Серебро
        [gold] Золото
       *[standard] Стандарт
    } — { $rate }, когда оплачено от { $threshold }
help-tier-first =
    • { $tier ->
        [silver] Серебро
        [gold] Золото
       *[standard] Стандарт
    } — { $rate } сразу
