"""The texts of the office hour in German, English and French."""

from __future__ import annotations

from typing import Final

from search_api.view.office_texts import OfficeTexts

GERMAN_OFFICE: Final = OfficeTexts(
    link="Sprechstunde",
    new_window="neues Fenster",
    headline="Sprechstunde: Fundstellen sammeln und verschicken",
    bookmark=(
        "Setzen Sie jetzt ein Lesezeichen auf diese Adresse: Sie ist der einzige Schlüssel zu Ihren Fällen. "
        "Geben Sie sie nicht weiter. Namen gehören in keinen Fall."
    ),
    have_bookmark="Haben Sie schon ein Lesezeichen, dann öffnen Sie bitte das: Hier liegt noch kein Fall.",
    broken_bookmark="Diese Adresse ist unvollständig.",
    broken_bookmark_advice="Öffnen Sie bitte Ihr Lesezeichen noch einmal, oder beginnen Sie neu.",
    new_desk="Neu beginnen",
    keys="Tasten: / zur Frage, j und k vor und zurück, p anheften, e zur Antwortmappe, Esc aus einem Feld.",
    use_keys="Tasten benutzen",
    open_case="Offener Fall",
    case_line="{title} ({date}, Fundstellen: {pins})",
    empty_case="Noch kein Fall: Er entsteht mit der ersten Frage",
    untitled="Fall ohne Frage",
    new_case="Neuer Fall",
    delete_case="Fall löschen",
    delete_sure="Soll dieser Fall mit allem, was darin steht, endgültig gelöscht werden?",
    delete_now="Ja, endgültig löschen",
    keep_case="Nein, behalten",
    back_to_case="Zurück zum Fall",
    questions="Fragen",
    drop_question="Frage {number} entfernen",
    pin="Anheften",
    unpin="Angeheftet – wieder lösen",
    pins="Angeheftete Fundstellen",
    no_pins="Noch nichts angeheftet. Stellen Sie eine Frage und heften Sie an, was hilft.",
    full="Mehr als {most} Fundstellen fasst ein Fall nicht.",
    note="Notiz zu Fundstelle {number}",
    move_up="Nr. {number} nach oben",
    move_down="Nr. {number} nach unten",
    take_off="Nr. {number} entfernen",
    taken_off="Entfernt: {quoted}",
    put_back="Wieder anheften",
    answer="Antwort in Ihren Worten",
    saved_by_itself="Alles wird von selbst gespeichert und bleibt auf dem Rechner des Partnerschaftslotsen.",
    folder="Antwortmappe",
    folder_promise="Fragen, Antwort und alle Fundstellen mit Notiz und Quelle:",
    formats={"docx": "Als Word-Datei", "pdf": "Als PDF", "md": "Als Markdown", "txt": "Als Mailtext"},
    show_mail="Mailtext zum Kopieren zeigen",
    release="Als Quelle freigeben",
    release_promise=(
        "Aus Fragen, Antwort und Fundstellen wird eine neue Quelle der Art »Beratung«, die alle finden. "
        "Vorher wird nach Angaben zu Personen gesucht. Freigeben können Sie jeden Fall einmal."
    ),
    release_title="Titel der neuen Quelle",
    release_now="Jetzt freigeben",
    released="Freigegeben als:",
    found_later="Gefunden wird die neue Quelle, sobald die Dokumente das nächste Mal eingelesen sind.",
    not_released="Der Fall ist noch nicht freigegeben.",
    findings="Das sieht nach Angaben zu einer Person aus:",
    findings_to_mend="Bitte nehmen Sie diese Angaben heraus und geben Sie dann noch einmal frei.",
    confirm="Ich habe alles geprüft: Nichts davon gehört zu einer Privatperson",
    changed_since="Seitdem hat sich etwas geändert: Mit »Jetzt freigeben« wird noch einmal gesucht.",
    changed_elsewhere="Dieser Fall wurde in einem anderen Fenster geändert.",
    changed_elsewhere_advice=(
        "Sie sehen jetzt den neuen Stand. Ihre letzte Änderung ist noch nicht darin: "
        "Übernehmen Sie sie, oder verwerfen Sie sie."
    ),
    not_saved="Ihre letzte Änderung ist nicht gespeichert.",
    not_saved_advice="Lassen Sie dieses Fenster offen und versuchen Sie es noch einmal.",
    typed="Das haben Sie geschrieben",
    save_again="Änderung übernehmen",
    drop_change="Änderung verwerfen",
    not_deleted="Der Fall ist nicht gelöscht. Versuchen Sie es bitte noch einmal.",
    unread="Ihre Fälle lassen sich gerade nicht lesen.",
    unknown_case="Diesen Fall gibt es nicht (mehr).",
    unknown_case_advice="Er wurde gelöscht, oder er liegt unter einer anderen Adresse.",
)

ENGLISH_OFFICE: Final = OfficeTexts(
    link="Office hours",
    new_window="new window",
    headline="Office hours: collect passages and send them",
    bookmark=(
        "Bookmark this address now: it is the only key to your cases. "
        "Do not pass it on. No case should contain a name."
    ),
    have_bookmark="If you have a bookmark already, please open that one: there is no case here yet.",
    broken_bookmark="This address is incomplete.",
    broken_bookmark_advice="Please open your bookmark again, or start afresh.",
    new_desk="Start afresh",
    keys=(
        "Keys: / to the question, j and k forward and back, p to pin, e to the answer folder, "
        "Esc to leave a field."
    ),
    use_keys="Use keys",
    open_case="Open case",
    case_line="{title} ({date}, passages: {pins})",
    empty_case="No case yet: it starts with the first question",
    untitled="Case without a question",
    new_case="New case",
    delete_case="Delete case",
    delete_sure="Do you want to delete this case and everything in it for good?",
    delete_now="Yes, delete for good",
    keep_case="No, keep it",
    back_to_case="Back to the case",
    questions="Questions",
    drop_question="Remove question {number}",
    pin="Pin",
    unpin="Pinned – take off again",
    pins="Pinned passages",
    no_pins="Nothing pinned yet. Ask a question and pin what helps.",
    full="A case holds no more than {most} passages.",
    note="Note on passage {number}",
    move_up="Move no. {number} up",
    move_down="Move no. {number} down",
    take_off="Remove no. {number}",
    taken_off="Removed: {quoted}",
    put_back="Pin again",
    answer="Answer in your own words",
    saved_by_itself="Everything is saved automatically and stays on the machine that runs this site.",
    folder="Answer folder",
    folder_promise="Questions, answer and all passages with note and source (the headings are in German):",
    formats={
        "docx": "As a Word file",
        "pdf": "As a PDF",
        "md": "As Markdown",
        "txt": "As e-mail text",
    },
    show_mail="Show the text for an e-mail, to be copied",
    release="Release as a source",
    release_promise=(
        "Questions, answer and passages become a new source of the kind “Advice”, which everybody can find. "
        "Before that, it is checked for personal data. Each case can be released once."
    ),
    release_title="Title of the new source",
    release_now="Release now",
    released="Released as:",
    found_later="The new source can be found once the documents have been read in again.",
    not_released="The case has not been released yet.",
    findings="This looks like personal data:",
    findings_to_mend="Please take these details out, then release again.",
    confirm="I have checked everything: none of this belongs to a private person",
    changed_since="Something has changed since then: “Release now” checks once more.",
    changed_elsewhere="This case was changed in another window.",
    changed_elsewhere_advice=(
        "You now see its latest state. Your last change is not part of it yet: apply it or discard it."
    ),
    not_saved="Your last change has not been saved.",
    not_saved_advice="Leave this window open and try again.",
    typed="What you wrote",
    save_again="Apply the change",
    drop_change="Discard the change",
    not_deleted="The case has not been deleted. Please try again.",
    unread="Your cases cannot be read at the moment.",
    unknown_case="This case does not exist (any more).",
    unknown_case_advice="It was deleted, or it belongs to another address.",
)

FRENCH_OFFICE: Final = OfficeTexts(
    link="Permanence",
    new_window="nouvelle fenêtre",
    headline="Permanence : rassembler des passages et les envoyer",
    bookmark=(
        "Ajoutez maintenant cette adresse à vos favoris : c’est la seule clé de vos dossiers. "
        "Ne la communiquez à personne. Aucun dossier ne doit contenir de nom."
    ),
    have_bookmark="Si vous avez déjà un favori, ouvrez-le : il n’y a encore aucun dossier ici.",
    broken_bookmark="Cette adresse est incomplète.",
    broken_bookmark_advice="Veuillez rouvrir votre favori, ou recommencer à zéro.",
    new_desk="Recommencer à zéro",
    keys=(
        "Touches : / vers la question, j et k suivant et précédent, p épingler, e vers le dossier de "
        "réponse, Échap pour quitter un champ."
    ),
    use_keys="Utiliser les touches",
    open_case="Dossier ouvert",
    case_line="{title} ({date}, passages : {pins})",
    empty_case="Pas encore de dossier : il commence avec la première question",
    untitled="Dossier sans question",
    new_case="Nouveau dossier",
    delete_case="Supprimer le dossier",
    delete_sure="Voulez-vous supprimer définitivement ce dossier et tout ce qu’il contient ?",
    delete_now="Oui, supprimer définitivement",
    keep_case="Non, le garder",
    back_to_case="Retour au dossier",
    questions="Les questions",
    drop_question="Retirer la question {number}",
    pin="Épingler",
    unpin="Épinglé – détacher",
    pins="Passages épinglés",
    no_pins="Rien n’est encore épinglé. Posez une question et épinglez ce qui aide.",
    full="Un dossier ne contient pas plus de {most} passages.",
    note="Note sur le passage {number}",
    move_up="Monter le n° {number}",
    move_down="Descendre le n° {number}",
    take_off="Retirer le n° {number}",
    taken_off="Retiré : {quoted}",
    put_back="Épingler à nouveau",
    answer="Réponse avec vos mots",
    saved_by_itself="Tout est enregistré automatiquement et reste sur la machine qui héberge ce site.",
    folder="Dossier de réponse",
    folder_promise="Questions, réponse et tous les passages avec note et source (titres en allemand) :",
    formats={"docx": "En fichier Word", "pdf": "En PDF", "md": "En Markdown", "txt": "En texte de courriel"},
    show_mail="Afficher le texte du courriel à copier",
    release="Publier comme source",
    release_promise=(
        "Les questions, la réponse et les passages deviennent une nouvelle source de type « Conseil », que "
        "tout le monde peut trouver. Les données personnelles y sont d’abord recherchées. "
        "Chaque dossier peut être publié une fois."
    ),
    release_title="Titre de la nouvelle source",
    release_now="Publier maintenant",
    released="Publié sous :",
    found_later="La nouvelle source sera trouvée dès le prochain chargement des documents.",
    not_released="Le dossier n’est pas encore publié.",
    findings="Cela ressemble à des données personnelles :",
    findings_to_mend="Veuillez retirer ces indications, puis publier à nouveau.",
    confirm="J’ai tout vérifié : rien de cela ne concerne un particulier",
    changed_since="Quelque chose a changé depuis : « Publier maintenant » relance la vérification.",
    changed_elsewhere="Ce dossier a été modifié dans une autre fenêtre.",
    changed_elsewhere_advice=(
        "Vous voyez maintenant son nouvel état. Votre dernière modification n’y figure pas encore : "
        "appliquez-la ou abandonnez-la."
    ),
    not_saved="Votre dernière modification n’est pas enregistrée.",
    not_saved_advice="Laissez cette fenêtre ouverte et réessayez.",
    typed="Ce que vous avez écrit",
    save_again="Appliquer la modification",
    drop_change="Abandonner la modification",
    not_deleted="Le dossier n’est pas supprimé. Veuillez réessayer.",
    unread="Vos dossiers ne peuvent pas être lus en ce moment.",
    unknown_case="Ce dossier n’existe pas ou plus.",
    unknown_case_advice="Il a été supprimé, ou il appartient à une autre adresse.",
)
