//! Sentences that bodies, summaries and titles are made of.
//!
//! In a sentence `{a}` is the record's name in its language, `{b}` a link to another
//! record, `{y}` a year, `{n}` a number.

/// `content/site.toml`.
pub(super) const SITE: &str = r#"title = { pl = "Katalog partnerstw", cs = "Katalog partnerství", uk = "Каталог партнерств", en = "Directory of partnerships" }
description = { pl = "Kto z kim współpracuje.", cs = "Kdo s kým spolupracuje.", uk = "Хто з ким співпрацює.", en = "Who works with whom." }
languages = ["pl", "cs", "uk", "en"]
default_language = "pl"
base_url = "https://example.org/"

[fallback]
cs = ["pl", "en"]
uk = ["pl", "en"]
en = ["pl", "cs"]

[publisher]
name = { pl = "Przykładowy katalog", cs = "Ukázkový katalog", uk = "Каталог-зразок", en = "Sample directory" }

# One pair in five has no history here; a warning for each would be most of the output.
[checks]
ignore = ["TW0603", "TW0606", "TW0610"]
"#;

/// `content/topics.toml`.
pub(super) const TOPICS: &str = r#"[cooperation]
name = { pl = "Współpraca", cs = "Spolupráce", uk = "Співпраця", en = "Cooperation" }
[agreements]
name = { pl = "Umowy", cs = "Smlouvy", uk = "Угоди", en = "Agreements" }
[culture]
name = { pl = "Kultura", cs = "Kultura", uk = "Культура", en = "Culture" }
[schools]
name = { pl = "Szkoły", cs = "Školy", uk = "Школи", en = "Schools" }
"#;

/// Sentences in each language.
pub(super) const SENTENCES: [&[&str]; 4] = [
    &[
        "{a} współpracuje z {b} od {y} roku.",
        "W {y} roku do {b} pojechało {n} uczniów i ich nauczyciele.",
        "Co dwa lata orkiestra z miejscowości {b} gra na rynku, a goście mieszkają u rodzin.",
        "Straże pożarne ćwiczą razem; {b} przekazało wóz i sprzęt o wartości {n} tysięcy złotych.",
        "Rada przyjęła uchwałę **jednogłośnie**, a protokół jest w archiwum urzędu.",
        "Biblioteka wymienia książki z {b}, w sumie już {n} tomów.",
        "Wspólna wystawa pokazała *dawne pocztówki* i plany rynku z {y} roku.",
        "Na festiwal przyjechały zespoły z {n} miejscowości, także z {b}.",
        "Szkoły prowadzą wymianę, w której jednego roku bierze udział {n} osób.",
        "Partnerzy złożyli wspólny wniosek o dofinansowanie ścieżki rowerowej i oznakowania szlaku.",
        "Od {y} roku urzędnicy spotykają się co najmniej raz w roku, na zmianę w obu ratuszach.",
        "Gospodarze przygotowali warsztaty, turniej piłki nożnej i spotkanie z przedsiębiorcami.",
    ],
    &[
        "{a} spolupracuje s {b} od roku {y}.",
        "V roce {y} jelo do {b} {n} žáků a jejich učitelé.",
        "Každé dva roky hraje na náměstí orchestr z obce {b} a hosté bydlí v rodinách.",
        "Hasiči cvičí společně; {b} věnovala vůz a vybavení za {n} tisíc korun.",
        "Zastupitelstvo usnesení přijalo **jednomyslně** a zápis je v archivu úřadu.",
        "Knihovna si vyměňuje knihy s {b}, dohromady už {n} svazků.",
        "Společná výstava ukázala *staré pohlednice* a plány náměstí z roku {y}.",
        "Na festival přijely soubory z {n} obcí, také z {b}.",
        "Školy mají výměnu, které se za rok účastní {n} lidí.",
        "Partneři podali společnou žádost o dotaci na cyklostezku a značení trasy.",
        "Od roku {y} se úředníci scházejí nejméně jednou ročně, střídavě na obou radnicích.",
        "Hostitelé připravili dílny, fotbalový turnaj a setkání s podnikateli.",
    ],
    &[
        "{a} співпрацює з {b} від {y} року.",
        "У {y} році до {b} поїхали {n} учнів та їхні вчителі.",
        "Що два роки оркестр із громади {b} грає на площі, а гості живуть у родинах.",
        "Пожежники тренуються разом; {b} передала автомобіль та обладнання на {n} тисяч гривень.",
        "Рада ухвалила рішення **одноголосно**, а протокол зберігається в архіві.",
        "Бібліотека обмінюється книжками з {b}, разом уже {n} томів.",
        "Спільна виставка показала *давні листівки* та плани площі {y} року.",
        "На фестиваль приїхали колективи з {n} громад, також із {b}.",
        "Школи мають обмін, у якому за рік бере участь {n} осіб.",
        "Партнери подали спільну заявку на велодоріжку та позначення маршруту.",
        "Від {y} року посадовці зустрічаються щонайменше раз на рік, по черзі в обох ратушах.",
        "Господарі підготували майстерні, футбольний турнір та зустріч із підприємцями.",
    ],
    &[
        "{a} has worked with {b} since {y}.",
        "In {y}, {n} pupils and their teachers travelled to {b}.",
        "Every other year the band from {b} plays in the market square, and guests stay with families.",
        "The fire brigades train together; {b} gave an engine and equipment worth {n} thousand euros.",
        "The council passed the resolution **unanimously**, and the minutes are in its archive.",
        "The library exchanges books with {b}, by now {n} volumes.",
        "A joint exhibition showed *old postcards* and plans of the square from {y}.",
        "Groups from {n} places came to the festival, from {b} among others.",
        "The schools have an exchange in which {n} people take part each year.",
        "The partners applied together for a grant for a cycle path and its signposts.",
        "Since {y} officials have met at least once a year, in the two town halls in turn.",
        "The hosts had prepared workshops, a football tournament and a meeting with businesses.",
    ],
];

/// Headings in each language.
pub(super) const HEADINGS: [&[&str]; 4] = [
    &[
        "Szkoły i młodzież",
        "Kultura",
        "Jak to się zaczęło",
        "Co dalej",
    ],
    &["Školy a mládež", "Kultura", "Jak to začalo", "Co dál"],
    &["Школи та молодь", "Культура", "Як усе почалося", "Що далі"],
    &[
        "Schools and young people",
        "Culture",
        "How it began",
        "What comes next",
    ],
];

/// Titles of news and events in each language.
pub(super) const TITLES: [&[&str]; 4] = [
    &[
        "{a} i goście: spotkanie po latach",
        "Nowa umowa, którą podpisało {a}",
        "{a}: {n} uczniów na wymianie",
        "Wystawa o partnerstwie, {y}",
        "{a} szykuje święto miast",
    ],
    &[
        "{a} a hosté: setkání po letech",
        "Nová smlouva, kterou podepsalo {a}",
        "{a}: {n} žáků na výměně",
        "Výstava o partnerství, {y}",
        "{a} chystá svátek měst",
    ],
    &[
        "{a} та гості: зустріч через роки",
        "Нова угода, яку підписала громада {a}",
        "{a}: {n} учнів на обміні",
        "Виставка про партнерство, {y}",
        "{a} готує свято міст",
    ],
    &[
        "{a} and its guests: meeting again",
        "A new agreement for {a}",
        "{a}: {n} pupils on an exchange",
        "An exhibition on partnership, {y}",
        "{a} prepares its town days",
    ],
];

/// Names of institutions and organisations in each language, by what they are.
pub(super) const BODIES: [(&str, [&str; 4]); 5] = [
    (
        "school",
        [
            "Szkoła Podstawowa",
            "Základní škola",
            "Загальноосвітня школа",
            "Primary School",
        ],
    ),
    (
        "library",
        [
            "Biblioteka Publiczna",
            "Městská knihovna",
            "Публічна бібліотека",
            "Public Library",
        ],
    ),
    ("museum", ["Muzeum", "Muzeum", "Музей", "Museum"]),
    (
        "culture",
        [
            "Dom Kultury",
            "Kulturní dům",
            "Будинок культури",
            "Cultural Centre",
        ],
    ),
    (
        "fire",
        [
            "Straż Pożarna",
            "Hasičský sbor",
            "Пожежна частина",
            "Fire Brigade",
        ],
    ),
];

/// What unions of towns are called in each language.
pub(super) const UNION: [&str; 4] = [
    "Związek Gmin",
    "Svaz obcí",
    "Союз громад",
    "Union of Communes",
];

/// Remarks on steps in each language.
pub(super) const NOTES: [&[&str]; 4] = [
    &[
        "Podpisano podczas święta miasta.",
        "Źródło podaje tylko rok.",
        "W obecności obu rad.",
    ],
    &[
        "Podepsáno při slavnostech města.",
        "Zdroj uvádí jen rok.",
        "Za účasti obou zastupitelstev.",
    ],
    &[
        "Підписано під час свята міста.",
        "Джерело подає лише рік.",
        "У присутності обох рад.",
    ],
    &[
        "Signed during the town’s festival.",
        "The source gives the year only.",
        "In the presence of both councils.",
    ],
];
