# Сотрудники филиала: у руководителя и управляющего в личном чате.

team-branches = Чьи сотрудники?
team-no-branches = Филиалов пока нет. Подключите чат сотрудников: команда /connect в группе или кнопка «Подключить чат сотрудников».
team-people = <b>{ $branch }</b>: кто работает в чате сотрудников.
team-nobody = <b>{ $branch }</b>: пока никого. Кто напишет в чат сотрудников, появится здесь.
team-label =
    { $name }{ $standing ->
        [manager] {" · управляющий"}
        [waiting] {" · без доступа"}
       *[staff] {""}
    }
team-person =
    <b>{ $name }</b>
    { $branch }: { $standing ->
        [manager] управляющий
        [waiting] без доступа
       *[staff] записывает визиты
    }
team-is-shared = Общий аккаунт: раз в смену бот спрашивает, кто работает.
team-let-in = Дать доступ
team-remove = Убрать доступ
team-promote = Сделать управляющим
team-dismiss = Снять с управления
team-share = Общий аккаунт
team-unshare = Личный аккаунт
team-rename = Изменить имя
team-to-branches = ← Филиалы
team-to-people = ← Сотрудники
team-write-name = Напишите имя вместо «{ $name }»: его увидят рядом с операциями.
team-back = ← Назад
team-made-manager = Теперь вы — управляющий: { $branch }. Доступ сотрудников — в /staff.
team-open = Сотрудники
command-staff = Сотрудники
