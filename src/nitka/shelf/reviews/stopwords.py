"""Words that tell nothing of a product: articles, pronouns, "bought", "very". By language, as people write them."""

_LISTS = {
    "en": """
        a about after again all also although always am an and another any are as at back be because been
        before being best better big bit both but buy buying bought by came can cannot come could day days
        did do does doing done down each either else enough even ever every everything few first five for
        four found from full get gets getting give go goes going good got great had happy has have having he
        her here him his how however i if in into is it its just keep kind know last least less like liked
        likes little long look looked looking looks lot lots love loved loves made make makes many may me
        might month months more most much must my need needed never new nice no not nothing now of off often
        old on once one only or order ordered other our out over own people perfect perfectly piece pretty
        product put quite rather read really recommend right said same say see seems she should since small
        so some something still such sure take than thank thanks that the their them then there these they
        thing things think this those though three time times to too took try two under until up us use used
        using very want wanted was way we week weeks well went were what when where which while who why will
        wish with without wont work works would year years yes yet you your dont doesnt didnt isnt wasnt ive
        im id its cant couldnt havent bad definitely absolutely actually already maybe super totally
        expected exactly whole around away especially
    """,
    "bg": """
        аз ако ала бе беше би бил била били било благодаря бъде вече ви вие винаги все всеки всички всичко
        го година дали две ден дни добра добре добри добро добър докато доста друг други дълго е един една
        едно ето за защо и из или им има имам й като как какво както когато което които кой който коя която
        купих купихме ли ма малко ме между ми мисля много може мога му на над най напълно наш не него нея ни
        ние никога нищо но някой няма нас от отново очаквах още по повече под поръчах поръчка после почти
        пред преди през при продукт просто пък пъти с са сам само се сега сега си след сме според също съм
        съвсем така такъв там те тези това тогава този той толкова три трябва тук ту тя тях у харесва хубав
        хубава хубаво хората че чрез ще я малка малък голям голяма нов нова седмица седмици месец месеца
        препоръчвам перфектен перфектна супер страхотен страхотна
    """,
    "hy": """
        ամեն այդ այլ այն այնպես այո այս այսպես այստեղ ապա առանց արդեն բայց բոլոր գնեցի գնել գնեցինք դա դեպի
        դեռ դրա եթե ել ենք եմ են ես եք էի էին էինք էր է թե ինչ ինչպես ինձ իր իրեն իսկ լավ լավն կա կամ կարող
        կլինի հետ հետո հենց համար հիմա մեծ մեկ մեզ մեր մենք մեջ մի միայն մինչև նա նաև նոր նույնիսկ նրա նրանք
        շատ ոչ որ որը որոնք որպես ու ունի ունեմ չէ չի չկա պատվիրեցի պետք ում վրա տարի օր օրեր և եւ էլ այնքան
        բավականին փոքր գեղեցիկ խորհուրդ տալիս եղավ ամիս շաբաթ ապրանք
    """,
    "nb": """
        alle alltid alt altså anbefaler at av bare ble blei bli blir bra bruk bruke bruker brukt da de deg
        den denne der dere det dette din disse du dårlig en eller en endelig enn er et ett etter fikk fin
        fine fint flott for fordi før fra få får gang ganger gikk gir gjør gjort god gode godt ha hadde han
        har hele helt hennes her hos hun hva hvis hvor hvordan i igjen ikke ikkje inn ja jeg kan kjempe
        kjøpt kjøpte kom kommer kunne lang lenge liten litt man mange med meg meget men mer mest min mitt
        mot mye må måned måneder ned nei noe noen nok nå når ny nydelig nye også om opp oss over perfekt
        produkt på riktig sa samme seg selv ser si siden sin sitt skal skulle slik som stor store så svært
        særlig ta tar til to tre uker uke under ut uten var ved veldig vi vil ville vår være vært år åt
        fornøyd kjøpe bestilte egentlig hos opp også små ganske virkelig
    """,
    "pl": """
        aby albo ale ani bardzo bez bo był była było były by być chyba choć ci cię co coś czy dla do dobra
        dobre dobry dobrze dość dużo duży dzień dziękuję dwa dwie gdy gdyby gdzie go i ich ile im inne ja
        jak jaki jakie jako je jednak jeden jedna jego jej jest jestem jesteśmy jeszcze już każdy kiedy
        kilka która które który kupiłam kupiłem kupiliśmy lat lub ma mały mała mam mamy mi między miesiąc
        miesięcy mimo mnie może można mój moja moje my na nad nam nas nasz nasza nasze natomiast nawet nic
        nie niestety niż no nowy o od on ona one oni oraz pan po pod poza polecam ponad ponieważ potem
        prawie przed przez przy raz razem rok roku są sam się super swój ta tak taka taki takie także tam te
        tego tej ten teraz też to tu tutaj tych tydzień tygodni tylko tym u w we wiele wszystko wszystkie z
        za zamówiłam zamówiłem zawsze ze zł że idealny idealna idealnie świetny świetna ładny ładna ładnie
        piękny piękna trochę naprawdę produkt całkiem zbyt mogło mógłby
    """,
    "ru": """
        а без более больше большой бы был была были было быть в вам вас весь во вот все всё всегда всего вы
        где да даже два две день для до довольно дней должен другой его ее её ей если есть еще ещё же за
        заказ заказала заказал заказали здесь и из или им их к как какой когда кто ли лет либо лучше
        маленький меня мне много может можно мой моя мы на над надо нам нас не него нее нет ни никогда
        ничего но новый ну о об один одна однако он она они оно от отлично отличный отличная очень перед по
        под пока покупкой покупка пор после потом почти при про просто раз рекомендую с сам свой своей себя
        сейчас со совсем спасибо супер так такой такая там те тем теперь то того тоже только том тот три тут
        ты у уже хорошо хороший хорошая хорошее хотя через что чтобы чуть эта эти это этот я год года месяц
        месяца неделя недели неделю купила купил купили товар довольна доволен красивый красивая немного
        прекрасный прекрасная идеально вообще именно
    """,
}
STOP = {language: frozenset(text.split()) for language, text in _LISTS.items()}
