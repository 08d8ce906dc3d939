# The invented people of the demo clinic. Lists with commas; surnames are put together of two halves.

demo-branches = Lenina, Mira
demo-second-chat = Smile · Mira
demo-owner = Oleg
demo-team = Anna, Irina, Larisa, Dina
demo-doctors = Yasnozorova, Tikhobrodov, Milorechyeva, Gornozvonov, Belogradov, Dobrovetrova, Svetopolev, Lesotsvetova
demo-men = Andrey, Timur, Pavel, Ruslan, Igor, Artyom, Nikita, Oleg, Marat, Stepan, Denis, Ilya, Roman, Gleb
demo-women = Alina, Svetlana, Guzel, Darya, Marina, Olga, Leyla, Vera, Tatyana, Polina, Natalya, Kira, Raisa, Yulia
demo-boys = Misha, Timosha, Lyova, Sasha, Matvey, Yarik
demo-girls = Sonya, Alisa, Masha, Eva, Amina, Varya
demo-surname-starts = Tikho, Yasno, Dobro, Sveto, Belo, Novo, Krasno, Zlato, Milo, Ostro, Gorno, Leso, Vodo, Snego, Zvezdo
demo-surnames-of-men = zorov, rechyev, brodov, polev, gradov, lugov, tsvetov, zvonov, vetrov, mirov
demo-surnames-of-women = zorova, rechyeva, brodova, poleva, gradova, lugova, tsvetova, zvonova, vetrova, mirova
demo-gifts = Anniversary, Long wait, With thanks
demo-return = The work was redone
demo-upset = I waited almost an hour, Nobody explained the price, It still hurts, They hurried and did not listen
demo-mended = Called and apologised, Seen at once and free of charge, Explained the bill and returned the difference
demo-questions = May I come half an hour earlier?, How should I clean my braces?, Do you have a car park?
