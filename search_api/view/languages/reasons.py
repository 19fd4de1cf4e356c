"""The sentences of the funding guide in German, English and French."""

from __future__ import annotations

from typing import Final

from search_api.view.reason_texts import ReasonTexts

GERMAN_REASONS: Final = ReasonTexts(
    applicant_open="Wer beantragen kann, sagt das Blatt nicht.",
    applicant_other="{applicant} sind nicht genannt. Genannt: {quoted}.",
    applicant_partly="{applicant} können nur einen Teil beantragen.",
    applicant_named="{applicant} können beantragen: {quoted}.",
    country_open="Das Blatt nennt kein Land.",
    country_other="Das Blatt nennt dieses Land nicht: {country}.",
    country_named="Gilt für Partner in: {country}.",
    purpose_open="Wofür das Geld ist, sagen die Themen nicht.",
    purpose_other="Ist nicht für {purpose} gedacht.",
    purpose_meant="Fördert {purpose}.",
    people_told="Wie viele Menschen nötig sind, steht im Blatt.",
    amount_below="Geld gibt es erst ab {amount}.",
    amount_open="Einen Höchstbetrag nennt das Blatt nicht.",
    amount_above="Höchstens {amount}; den Rest müssen Sie anders decken.",
    amount_within="Bis zu {amount} sind möglich.",
    advance_open="Ob Geld vorher kommt, konnten wir nicht belegen.",
    advance_never="Das Geld kommt erst nach der Abrechnung.",
    advance_partly="Ein Teil des Geldes kann vor dem Ende kommen.",
    applicants={
        "verein": "Vereine",
        "kommune": "Kommunen",
        "schule": "Schulen",
        "informell": "Gruppen ohne Verein",
    },
    purposes={
        "begegnung": "Treffen und Fahrten von Erwachsenen",
        "jugend": "Begegnungen von Jugendlichen",
        "schule": "Schüleraustausch",
        "kultur": "Kulturprojekte",
        "hilfe": "Hilfe für Partner in der Ukraine oder im Globalen Süden",
        "ehrenamt": "die Arbeit im Verein",
    },
)

ENGLISH_REASONS: Final = ReasonTexts(
    applicant_open="The sheet does not say who can apply.",
    applicant_other="{applicant} are not named. Named: {quoted}.",
    applicant_partly="{applicant} can apply for a part of it only.",
    applicant_named="{applicant} can apply: {quoted}.",
    country_open="The sheet names no country.",
    country_other="The sheet does not name this country: {country}.",
    country_named="For partners in: {country}.",
    purpose_open="The topics do not say what the money is for.",
    purpose_other="It is not meant for {purpose}.",
    purpose_meant="It supports {purpose}.",
    people_told="The sheet says how many people are needed.",
    amount_below="Money is given only from {amount} upwards.",
    amount_open="The sheet names no highest amount.",
    amount_above="At most {amount}; you have to cover the rest in another way.",
    amount_within="Up to {amount} is possible.",
    advance_open="We could not verify whether money comes in advance.",
    advance_never="The money comes only after you have sent in your accounts.",
    advance_partly="Some of the money can come before the end.",
    applicants={
        "verein": "Associations",
        "kommune": "Local authorities",
        "schule": "Schools",
        "informell": "Groups that are not an association",
    },
    purposes={
        "begegnung": "meetings and trips for adults",
        "jugend": "meetings of young people",
        "schule": "school exchanges",
        "kultur": "cultural projects",
        "hilfe": "help for partners in Ukraine or in the Global South",
        "ehrenamt": "work within an association",
    },
)

FRENCH_REASONS: Final = ReasonTexts(
    applicant_open="La fiche ne dit pas qui peut faire la demande.",
    applicant_other="{applicant} ne figurent pas sur la fiche. Y figurent : {quoted}.",
    applicant_partly="{applicant} ne peuvent en demander qu’une partie.",
    applicant_named="{applicant} peuvent faire la demande : {quoted}.",
    country_open="La fiche ne cite aucun pays.",
    country_other="La fiche ne cite pas ce pays : {country}.",
    country_named="Pour des partenaires dans ce pays : {country}.",
    purpose_open="Les thèmes ne disent pas à quoi sert l’argent.",
    purpose_other="Ce programme n’est pas prévu pour {purpose}.",
    purpose_meant="Ce programme soutient {purpose}.",
    people_told="La fiche dit combien de personnes sont nécessaires.",
    amount_below="L’argent n’est accordé qu’à partir de {amount}.",
    amount_open="La fiche n’indique pas de montant maximal.",
    amount_above="Au plus {amount} ; vous devez financer le reste autrement.",
    amount_within="Jusqu’à {amount} sont possibles.",
    advance_open="Nous n’avons pas pu vérifier si de l’argent est versé à l’avance.",
    advance_never="L’argent n’est versé qu’après la remise des comptes.",
    advance_partly="Une partie de l’argent peut être versée avant la fin.",
    applicants={
        "verein": "Les associations",
        "kommune": "Les communes",
        "schule": "Les établissements scolaires",
        "informell": "Les groupes sans association",
    },
    purposes={
        "begegnung": "les rencontres et les voyages d’adultes",
        "jugend": "les rencontres de jeunes",
        "schule": "les échanges scolaires",
        "kultur": "les projets culturels",
        "hilfe": "l’aide aux partenaires en Ukraine ou dans les pays du Sud",
        "ehrenamt": "le travail au sein d’une association",
    },
)
