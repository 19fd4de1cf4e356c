"""The texts in German: plain words, with Sie."""

from __future__ import annotations

from typing import Final

from search_api.view.languages.office import GERMAN_OFFICE
from search_api.view.languages.reasons import GERMAN_REASONS
from search_api.view.texts import Texts

GERMAN: Final = Texts(
    language="de",
    own_name="Deutsch",
    to_content="Zum Inhalt springen",
    pages="Seiten",
    about="Über diese Seite",
    languages="Sprache der Seite",
    search_link="Fragen",
    guide_link="Förder-Lotse",
    accessibility_link="Erklärung zur Barrierefreiheit",
    plain_language_link="Leichte Sprache",
    standing_pages={
        "barrierefreiheit": "Erklärung zur Barrierefreiheit",
        "leichte-sprache": "Leichte Sprache: Was ist der Partnerschaftslotse?",
    },
    only_in_german="Diese Seite gibt es nur auf Deutsch.",
    to_start="Zur Startseite",
    headline="Fragen zur Städtepartnerschaft",
    promise=(
        "Stellen Sie Ihre Frage zur Städtepartnerschaft in Ihren eigenen Worten. "
        "Sie bekommen die passende Stelle aus Handbüchern, Förderhinweisen, Studien und Mitschriften, "
        "mit Quelle und Datum."
    ),
    question_label="Ihre Frage",
    question_example="z. B. Wer haftet auf der Fahrt?",
    search="Suchen",
    searching="Ich suche …",
    ask_first="Bitte geben Sie zuerst eine Frage ein.",
    examples="Beispiele: einfach antippen",
    all_documents="Alle Dokumente ansehen",
    one_document="1 Dokument",
    many_documents="{count} Dokumente",
    filters="Antworten eingrenzen",
    filters_chosen="Antworten eingrenzen ({count} gewählt)",
    apply_filters="Filter anwenden",
    reset_filters="Filter zurücksetzen",
    show_expired="Auch abgelaufene Quellen zeigen",
    choose="Bitte wählen",
    facet_names={
        "kind": "Art der Quelle",
        "topic": "Thema",
        "country": "Land",
        "audience": "Für wen",
        "language": "Sprache",
        "year": "Jahr",
    },
    kinds={
        "handbuch": "Handbuch",
        "foerderung": "Förderung",
        "faq": "Häufige Fragen",
        "studien": "Studie",
        "transkripte": "Mitschrift",
        "beratung": "Beratung",
    },
    audiences={"jugend": "Jugendliche", "kommune": "Kommunen", "schule": "Schulen", "verein": "Vereine"},
    answers_to="Antworten auf:",
    verdicts={
        "answered": "Das beantwortet Ihre Frage.",
        "partial": "Das hilft vielleicht weiter – bitte prüfen Sie selbst.",
        "none": "Dazu haben wir nichts.",
    },
    what_you_can_do="Das können Sie tun:",
    advice_other_words="Stellen Sie die Frage mit anderen Worten, gern als ganzen Satz.",
    advice_fewer_filters="Setzen Sie die Filter zurück.",
    advice_contact="Fragen Sie hier nach: {contact}",
    advice_office_hours="Fragen Sie in der Sprechstunde nach.",
    nearest="Am ehesten verwandt",
    more_hits="Weitere Stellen",
    view_page="Seite {page} ansehen, die Stelle ist markiert",
    page_picture="Seite {page} von »{title}«; der Text steht auch auf dieser Seite",
    page_in_file="Seite {page} im Original öffnen",
    as_written_only="Nur so suchen, wie ich es geschrieben habe",
    as_written="Gesucht wurde genau so, wie Sie es geschrieben haben.",
    as_written_undone="Auch verwandte Wörter suchen",
    listen_from="Ab {begin} anhören",
    watch_from="Ab {begin} ansehen",
    more="Mehr davon zeigen",
    print_view="Druckansicht",
    printed_on="Gedruckt am {date}",
    similar="Ähnliche Stellen",
    similar_none="Es gibt keine andere Stelle, die Ähnliches sagt.",
    whole_passage="Ganze Stelle lesen",
    searched_too="Gesucht wurde auch:",
    also_in="Steht auch in:",
    newer_version="Es gibt eine neuere Fassung:",
    page="S. {page}",
    page_of_file="S. {label} (Seite {page} der Datei)",
    slide="Folie {page}",
    from_time="ab {time}",
    section="Abschnitt »{quoted}«",
    question="Frage »{quoted}«",
    open_page="Seite {page} im Original öffnen",
    open_original="Original-Datei öffnen",
    open_recording="Aufnahme öffnen",
    open_recording_at="Aufnahme ab {time} öffnen",
    open_web_page="Internetseite dazu",
    read_in_context="Im Zusammenhang lesen",
    read_in_document="Im Dokument lesen",
    read_transcript_at="Mitschrift ab {time} lesen",
    back_to_answers="Zurück zu den Antworten",
    checked_on="geprüft am {date}",
    as_of_year="Stand {year}",
    automatic="automatisches Transkript",
    expired="abgelaufen",
    expired_since="abgelaufen seit {date}",
    recorded_on="aufgezeichnet am {date}",
    licence="Lizenz: {licence}",
    funder="Fördergeber",
    who_can_apply="Wer kann beantragen",
    amount="Betrag",
    amount_between="{low} bis {high}",
    amount_up_to="bis zu {high}",
    amount_from="ab {low}",
    share="Anteil",
    share_up_to="bis zu {percent} % der Kosten",
    prefinancing="Kommt Geld vorher?",
    yes="ja",
    no="nein",
    deadline="Antragsfrist",
    guide="Förder-Lotse: Welches Programm passt?",
    guide_promise=(
        "Drei Fragen zu Ihrem Vorhaben, dann sehen Sie, welche Programme passen und warum. Was Sie noch "
        "nicht wissen, lassen Sie frei. Prüfen Sie Beträge und Fristen vor dem Antrag bei der Förderstelle."
    ),
    guide_applicant="1. Wer sind Sie?",
    guide_country="2. Mit welchem Land?",
    guide_purpose="3. Was haben Sie vor?",
    guide_people="Wie viele Menschen nehmen teil?",
    guide_amount="Wie viel Geld brauchen Sie, in Euro?",
    guide_advance="Wir brauchen das Geld schon vorher",
    guide_show="Programme zeigen",
    guide_refused="Eine Angabe ist so nicht möglich. Schreiben Sie Zahlen bitte so: 1.500",
    guide_nothing_said="Bitte beantworten Sie mindestens eine der Fragen.",
    not_said="– bitte wählen –",
    applicants={
        "verein": "ein Verein oder Komitee",
        "kommune": "eine Stadt, eine Gemeinde oder ein Kreis",
        "schule": "eine Schule",
        "informell": "eine Gruppe ohne Verein",
    },
    purposes={
        "begegnung": "ein Treffen oder eine Fahrt von Erwachsenen",
        "jugend": "eine Begegnung von Jugendlichen",
        "schule": "einen Schüleraustausch",
        "kultur": "ein Kulturprojekt",
        "hilfe": "Hilfe für den Partner, etwa in der Ukraine",
        "ehrenamt": "Arbeit im eigenen Verein",
    },
    fits={"yes": "Passt", "unsure": "Passt vielleicht", "no": "Passt nicht"},
    reasons=GERMAN_REASONS,
    fulfilled="Ja:",
    not_fulfilled="Nein:",
    not_known="Offen:",
    try_again="Noch einmal versuchen",
    api_away="Die Suche ist gerade nicht erreichbar.",
    api_away_advice=(
        "Bitte warten Sie einen Augenblick und versuchen Sie es noch einmal. "
        "Bleibt es dabei, sagen Sie bitte der Person Bescheid, die diese Seite betreut. "
        "Sie startet die Suche mit:"
    ),
    not_ready="Die Suche ist noch nicht bereit.",
    not_ready_advice="Bitte geben Sie das an die Person weiter, die diese Seite betreut:",
    nothing_published="Hier sind noch keine Dokumente eingelesen.",
    nothing_published_advice="Wer diese Seite betreut, liest die Dokumente so ein:",
    refused="Diese Frage konnte nicht beantwortet werden.",
    refused_without_reason="Bitte stellen Sie die Frage kürzer oder mit anderen Worten.",
    refused_filter="Ein Filter hat einen unmöglichen Wert. Bitte fragen Sie ohne Filter noch einmal.",
    unknown_document="Dieses Dokument gibt es hier nicht (mehr).",
    unknown_document_advice="Vielleicht wurde es ersetzt oder entfernt. Suchen Sie bitte noch einmal danach.",
    leave_question="Frage dalassen",
    leave_question_promise=(
        "Lassen Sie die Frage da: Wer diese Seite betreut, sieht sie und ergänzt die Materialien. "
        "Gespeichert werden nur die Frage und der Tag. Eine Antwort bekommen Sie nicht, denn niemand "
        "weiß, wer gefragt hat."
    ),
    question_noted="Danke, die Frage ist notiert.",
    question_noted_advice="Wer diese Seite betreut, sieht sie und ergänzt die Materialien.",
    question_noted_removed=(
        "Danke, die Frage ist notiert. Was darin wie eine E-Mail-Adresse, Telefon- oder Kontonummer "
        "aussah, wurde vorher entfernt."
    ),
    question_not_noted="Die Frage ist nicht notiert.",
    question_refused="Bitte stellen Sie eine Frage in Worten, mit 3 bis 1000 Zeichen.",
    question_too_many=(
        "Gerade kommen sehr viele Fragen an. Bitte versuchen Sie es in einer Minute noch einmal."
    ),
    question_not_kept=(
        "Bitte versuchen Sie es später noch einmal, oder fragen Sie in der Sprechstunde nach."
    ),
    office=GERMAN_OFFICE,
)
