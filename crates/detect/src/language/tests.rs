//! Languages of invented news.

use cleancopy_model::Document;

use super::*;

/// A paragraph of news in each language that has a profile.
const TEXTS: &[(&str, &str)] = &[
    (
        "en",
        "The board of the harbour voted on Monday to put off the sale of the old pier for a year, its chair said.",
    ),
    (
        "de",
        "Der Hafenrat von Keld hat am Montag beschlossen, den Verkauf der alten Mole um ein Jahr zu verschieben.",
    ),
    (
        "fr",
        "Le conseil du port a décidé lundi de reporter d’un an la vente de l’ancienne jetée, a annoncé sa présidente.",
    ),
    (
        "es",
        "La junta del puerto decidió el lunes aplazar un año la venta del viejo muelle, según anunció su presidenta. Los compradores dicen que volverán en primavera con más dinero.",
    ),
    (
        "it",
        "Il consiglio del porto ha deciso lunedì di rinviare di un anno la vendita del vecchio molo, ha detto la presidente.",
    ),
    (
        "pt",
        "O conselho do porto decidiu na segunda-feira adiar por um ano a venda do velho cais, disse a sua presidente.",
    ),
    (
        "nl",
        "Het havenbestuur heeft maandag besloten om de verkoop van de oude pier een jaar uit te stellen, zei de voorzitter.",
    ),
    (
        "pl",
        "Rada portu zdecydowała w poniedziałek, że odłoży o rok sprzedaż starego mola, poinformowała jej przewodnicząca.",
    ),
    (
        "tr",
        "Liman kurulu, eski iskelenin satışını bir yıl ertelemeye pazartesi günü karar verdi, kurul başkanı açıkladı.",
    ),
    (
        "uk",
        "Рада порту вирішила в понеділок відкласти продаж старого причалу на рік, повідомила її голова журналістам.",
    ),
    (
        "ru",
        "Совет порта решил в понедельник отложить продажу старого причала на год, сообщила журналистам его глава.",
    ),
    (
        "ar",
        "قرر مجلس الميناء يوم الاثنين تأجيل بيع الرصيف القديم لمدة عام كامل، وفق ما أعلنت رئيسة المجلس للصحفيين.",
    ),
    (
        "zh",
        "港口委员会周一决定将旧码头的出售推迟一年，委员会主席对记者表示，目前的报价远远不够。",
    ),
    (
        "ja",
        "港湾委員会は月曜日、古い桟橋の売却を一年延期することを決めたと、委員長が記者団に明らかにした。",
    ),
];

fn of(text: &str) -> Language {
    language(&Document::from_text("d", text))
}

#[test]
fn a_paragraph_is_enough() {
    for (tag, text) in TEXTS {
        assert_eq!(of(text), Language::Known((*tag).to_owned()), "{text}");
    }
}

#[test]
fn what_is_short_is_not_guessed() {
    for text in [
        "",
        "2025",
        "Log in",
        "Mehr zum Thema",
        "Lire aussi : la jetée",
    ] {
        assert_eq!(of(text), Language::Unsure, "{text}");
    }
    assert_eq!(of("Читайте також"), Language::NotEnglish);
    assert_eq!(of("相关新闻"), Language::NotEnglish);
}

#[test]
fn prompts_in_another_language_do_not_count() {
    let (_, german) = TEXTS[1];
    let page = format!("Share this\nRead more\nSign up for our newsletter\n{german}\nLog in\n");
    assert_eq!(of(&page), Language::Known("de".to_owned()));
}

#[test]
fn the_document_is_believed_unless_its_script_says_otherwise() {
    let said = |tag: &str, text: &str| {
        let mut document = Document::from_text("d", text);
        document.language = Some(tag.to_owned());
        language(&document)
    };
    let known = |tag: &str| Language::Known(tag.to_owned());
    let (_, german) = TEXTS[1];
    let (_, ukrainian) = TEXTS[9];
    assert_eq!(said("de-AT", "Kurz."), known("de-AT"));
    assert_eq!(said("fr", german), known("fr"));
    assert_eq!(said("en", ukrainian), known("uk"));
    assert_eq!(said("en-US", "港口"), Language::NotEnglish);
    assert_eq!(said("sr", ukrainian), known("sr"));
}
