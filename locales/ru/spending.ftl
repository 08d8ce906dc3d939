# Списание с согласия пациента, «Это не я».

spend-request =
    { $clinic }: списать <b>{ $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }</b> за сегодняшний визит?
spend-request-past =
    { $clinic }: списать <b>{ $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }</b> за визит { $day }?
spend-whose = Пациент: { $name }
spend-left = К оплате останется <b>{ $cash }</b>.
spend-until = Ответить можно до { $until }.
spend-yes = Да, списать
spend-no = Нет
spend-not-me = Это не я
spend-agreed =
    Хорошо, спишем { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }. К оплате <b>{ $cash }</b>. Администратор уже видит ваш ответ.
spend-declined = Хорошо, баллы остаются у вас. К оплате <b>{ $cash }</b>.
spend-over = Этот запрос больше не действует: прошло 10 минут, сумма изменилась или визит уже записан. Если хотите списать баллы, скажите администратору.

freeze-ask = Остановить списания с вашего счёта? Баллы сохранятся, начисления продолжатся.
freeze-yes = Да, остановить
freeze-no = Нет, всё верно
freeze-done = Списания остановлены. Руководитель уже знает и свяжется с вами до конца следующего рабочего дня.
freeze-undo-until = Нажали случайно? До { $until } можно вернуть.
freeze-undo = Вернуть как было
freeze-undone = Всё как прежде: баллами снова можно платить.
freeze-open = Списания: это не я
spending-released = { $clinic }: баллами снова можно платить, остановка снята.

spending-stopped = <b>«Это не я»: пациент остановил списания</b>
spending-who = { $name }, { $phone }
spending-stopped-at = На запрос списать баллы: { $branch }, на стойке { $staff }, счёт { $bill }.
spending-stopped-by-menu = Остановлено в меню, без запроса со стойки.
spending-stopped-points =
    На счету { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }, они сохраняются; начисления продолжаются.
spending-stopped-promise = Пациенту обещали, что вы свяжетесь до конца следующего рабочего дня.
spending-release = Снять остановку
spending-back = Пациент нажал случайно и вернул всё как было: баллами снова можно платить.
spending-unfrozen = Остановка снята, пациенту об этом написали.

refusal-freeze-stands = 10 минут прошли. Вернуть списания может руководитель: он уже знает и свяжется с вами.
refusal-confirm-first = Номер пациента пришёл с новым Telegram. Сначала его подтвердит стойка, потом снимайте остановку.
refusal-freeze-not-yours = Снять остановку может руководитель или управляющий филиала, где бывает пациент.
