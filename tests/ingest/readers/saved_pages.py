"""Web pages as people save them, in our own words; what each is about stands between «…»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html as lxml_html

_MARKS = re.compile("[«»]")
_MAIN = re.compile("«(.*?)»", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page by name; `marked` is its HTML with what it is about between «…»."""

    name: str
    marked: str

    @property
    def markup(self) -> str:
        """The page as it was saved."""
        return _MARKS.sub("", self.marked)

    @property
    def main_words(self) -> list[str]:
        """The words that a reader came for, in their order."""
        parts = (lxml_html.fromstring(f"<div>{part}</div>") for part in _MAIN.findall(self.marked))
        return [word for part in parts for text in part.itertext() for word in str(text).split()]


_WORDPRESS = SavedPage(
    "WordPress",
    """<!DOCTYPE html><html lang="de-DE"><head><meta charset="utf-8"><title>Zwanzig Jahre Austausch</title>
<script>window.daten = {"a": "nicht lesen"};</script><style>.menu { color: red }</style></head>
<body class="post-template-default single single-post has-sidebar cookie-notice-visible">
<a class="skip-link screen-reader-text" href="#content">Zum Inhalt springen</a>
<div id="page" class="site"><div id="masthead" class="site-header"><div class="site-branding">
<a href="/">Freundeskreis Lindental</a><p class="site-description">Freunde in drei Ländern</p></div>
<div class="main-navigation"><ul id="primary-menu" class="menu"><li class="menu-item"><a
href="/">Start</a></li>
<li class="menu-item"><a href="/verein">Verein</a></li><li class="menu-item"><a
href="/termine">Termine</a></li>
<li class="menu-item"><a href="/kontakt">Kontakt</a></li></ul></div></div>
<div id="content" class="site-content"><div id="primary" class="content-area">
<div id="post-117" class="post-117 post type-post hentry category-reisen">
<div class="entry-header">«<h1 class="entry-title">Zwanzig Jahre Austausch mit Mirabel</h1>»
<div class="entry-meta">Von <a href="/author/admin">Redaktion</a> am <time>12. Mai 2025</time></div></div>
<div class="entry-content">
«<p>Im Frühjahr sind vierunddreißig Jugendliche nach Mirabel gereist. Sie wohnten in Gastfamilien und haben
gemeinsam
ein Theaterstück geprobt, das am letzten Abend im Rathaus gezeigt wurde.</p>
<h2 id="finanzierung">Wie die Fahrt bezahlt wurde</h2>
<p>Die Hälfte der Kosten trug das Jugendwerk, ein Viertel die Stadt. Den Rest haben die Familien selbst
bezahlt. Wer wenig
verdient, konnte beim Verein einen Zuschuss beantragen, ohne dass es jemand erfuhr.</p>
<ul><li>Bus: 4.200 Euro</li><li>Versicherung: 310 Euro</li><li>Material: 450 Euro</li></ul>
<p>Den Antrag gibt es <a href="/antrag.pdf">als Formular</a> auf unserer Seite.</p>
<h2>Was wir gelernt haben</h2><p>Die Anmeldung muss sechs Monate vorher beginnen, sonst sind die Betten
knapp.</p>»
<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3
class="sd-title">Teilen mit:</h3>
<ul><li><a href="#">Facebook</a></li><li><a href="#">Mastodon</a></li><li><a
href="#">Drucken</a></li></ul></div></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline">Ähnliche Beiträge</h3>
<div class="jp-relatedposts-items"><p><a href="/b1">Radtour an die Loire</a> 3. Juni 2024, in „Reisen“</p>
<p><a href="/b2">Ein Chor zu Gast</a> 9. Oktober 2023, in „Kultur“</p></div></div></div></div>
<div class="post-navigation"><a href="/alt">Vorheriger Beitrag</a> <a href="/neu">Nächster Beitrag</a></div>
<div id="comments" class="comments-area"><h2 class="comments-title">2 Gedanken zu „Zwanzig Jahre
Austausch“</h2>
<ol class="comment-list"><li class="comment"><div class="comment-body"><p>Ein schöner Bericht, vielen Dank!
Wann geht
es wieder los?</p><a class="comment-reply-link" href="#">Antworten</a></div></li></ol>
<div id="respond" class="comment-respond"><h3>Schreibe einen Kommentar</h3><form><label>Name</label><input>
<textarea></textarea></form></div></div></div>
<div id="secondary" class="widget-area"><div class="widget widget_search"><form><label>Suche
nach:</label><input></form></div>
<div class="widget widget_recent_entries"><h2 class="widget-title">Neueste Beiträge</h2><ul><li><a
href="/b3">Mitgliederversammlung</a></li>
<li><a href="/b4">Sommerfest</a></li></ul></div></div></div>
<div id="colophon" class="site-footer"><div class="site-info"><a href="/impressum">Impressum</a> | <a
href="/datenschutz">Datenschutz</a>
Stolz präsentiert von WordPress</div></div></div>
<div id="cookie-notice" role="dialog" class="cookie-notice-hidden"><p>Wir setzen Cookies ein, damit die Seite
besser läuft.</p>
<button>Alle annehmen</button></div></body></html>""",
)

_MUNICIPAL = SavedPage(
    "Stadtverwaltung",
    """<!DOCTYPE html><html lang="de"><head><title>Zuschüsse für Begegnungen | Stadt
Lindental</title></head><body>
<div id="wrapper"><div class="sprungmarken"><a href="#inhalt">Zum Inhalt</a><a href="#menue">Zum
Menü</a></div>
<div id="kopf"><a href="/"><img src="logo.png" alt="Stadtwappen"></a><div
class="suchfeld"><form><input><input type="submit"></form></div></div>
<div id="brotkrumen">Sie sind hier: <a href="/">Startseite</a> &gt; <a href="/rathaus">Rathaus</a> &gt; <a
href="/rathaus/partner">Partnerstädte</a></div>
<div class="spalten"><div class="links"><div><a href="/rathaus">Rathaus</a></div><div><a
href="/rathaus/aemter">Ämter von A bis Z</a></div>
<div><a href="/rathaus/partner">Partnerstädte</a><div><a
href="/rathaus/partner/mirabel">Mirabel</a></div><div><a href="/rathaus/partner/olsz">Olszany</a></div></div>
<div><a href="/rathaus/stellen">Offene Stellen</a></div></div>
<div class="mitte">«<h1>Zuschüsse für Begegnungen mit Partnerstädten</h1>
<p class="einleitung">Die Stadt fördert Besuche von Vereinen, Schulen und Jugendgruppen in unseren
Partnerstädten und deren Gegenbesuche.</p>
<h2>Wer kann einen Antrag stellen?</h2>
<p>Anträge stellen können eingetragene Vereine und Schulen mit Sitz im Stadtgebiet. Privatpersonen werden
nicht gefördert.</p>
<h2>Wie hoch ist der Zuschuss?</h2>
<table><tr><th>Ziel</th><th>Je Person und Tag</th></tr><tr><td>Mirabel</td><td>8
Euro</td></tr><tr><td>Olszany</td><td>10 Euro</td></tr></table>
<p>Höchstens werden 2.500 Euro im Jahr gezahlt.</p>
<h2>Unterlagen</h2><ul><li><a href="/a.pdf">Antragsformular (PDF, 120 kB)</a></li><li><a
href="/b.pdf">Richtlinie vom 1. Januar (PDF, 90 kB)</a></li>
<li><a href="/c.pdf">Muster für die Teilnehmerliste (PDF, 45 kB)</a></li></ul>»</div>
<div class="rechts">«<div class="kontaktbox"><h3>Ihre Ansprechpartnerin</h3><p>Frau Beispiel<br>Zimmer
12<br>Telefon 01234 567-0<br>Mo bis Do 8 bis 12 Uhr</p></div>»</div></div>
<div id="fuss"><a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a> <a
href="/barriere">Barrierefreiheit</a> <a href="/leicht">Leichte Sprache</a></div>
</div></body></html>""",
)

_FAQ = SavedPage(
    "FAQ zum Aufklappen",
    """<!DOCTYPE html><html lang="de"><head><title>Häufige Fragen</title></head><body>
<nav><a href="/">Start</a><a href="/faq">Fragen</a></nav>
<div class="container">«<h1>Häufige Fragen zur Vereinsfahrt</h1>
<p>Hier beantworten wir, was uns in der Sprechstunde am häufigsten gefragt wird.</p>
<h2>Versicherung</h2>
<details id="haftpflicht"><summary>Sind Ehrenamtliche auf der Fahrt versichert?</summary><div><p>Ja, über die
Sammelversicherung des Landes, wenn der
Verein keinen eigenen Vertrag hat.</p></div></details>
<details id="gepaeck"><summary>Wer zahlt, wenn ein Koffer verloren geht?</summary><p>Das Busunternehmen
haftet, wenn der Koffer im Laderaum lag.</p></details>
<h2>Geld</h2>»
<div class="accordion"><div class="accordion-item">«<h3 class="accordion-header"><button
class="accordion-button collapsed" type="button"
aria-expanded="false" aria-controls="c1">Bis wann muss ich abrechnen?</button></h3>
<div id="c1" class="accordion-collapse collapse" style="display: none"><div
class="accordion-body"><p>Spätestens drei Monate nach der Rückkehr, mit
allen Belegen im Original.</p></div></div>»</div><div class="accordion-item">
«<h3 class="accordion-header"><button class="accordion-button collapsed" aria-expanded="false"
aria-controls="c2">Darf ich Trinkgeld abrechnen?</button></h3>
<div id="c2" class="accordion-collapse collapse" hidden><p>Nein, Trinkgeld wird nicht
erstattet.</p></div>»</div></div></div>
<div class="modal" aria-hidden="true" style="display:none"><p>Möchten Sie unseren Rundbrief
abonnieren?</p><button>Ja</button></div>
<footer><p>Freundeskreis Lindental e. V.</p><a href="/impressum">Impressum</a></footer></body></html>""",
)

_LAYOUT_TABLES = SavedPage(
    "Seite aus Tabellen",
    """<html><head><title>Partnerschaftsverein Lindental - Satzung</title></head><body bgcolor="#ffffff">
<table width="800" border="0"><tr><td colspan="3"><img src="kopf.gif" alt=""><font
size="5">Partnerschaftsverein Lindental</font></td></tr>
<tr><td width="150" valign="top"><table><tr><td><a href="index.htm">Startseite</a></td></tr><tr><td><a
href="verein.htm">Der Verein</a></td></tr>
<tr><td><a href="satzung.htm">Satzung</a></td></tr><tr><td><a href="fotos.htm">Fotos</a></td></tr><tr><td><a
href="gast.htm">Gästebuch</a></td></tr></table></td>
<td width="500" valign="top">«<h2>Satzung</h2><p>§ 1 Der Verein führt den Namen Partnerschaftsverein
Lindental und hat seinen Sitz in Lindental.</p>
<p>§ 2 Zweck des Vereins ist die Förderung der Begegnung von Menschen aus den Partnerstädten. Er ist
selbstlos tätig.</p>
<h3>Beiträge</h3><table border="1"><tr><th>Mitglied</th><th>Beitrag im
Jahr</th></tr><tr><td>Einzelne</td><td>20 Euro</td></tr><tr><td>Familien</td><td>30 Euro</td></tr></table>
<p>Der Beitrag wird im März eingezogen.</p>»</td><td width="150" valign="top"><p><a
href="wetter.htm">Wetter</a><br><a href="karte.htm">Karte</a><br><a href="links.htm">Links</a></p></td></tr>
<tr><td colspan="3" align="center"><a href="impressum.htm">Impressum</a> | <a href="#top">nach
oben</a></td></tr></table></body></html>""",
)

_BARE = SavedPage(
    "Seite ohne Auszeichnung",
    """<html><head><title>Checkliste Fahrt</title></head><body><div><div><span><a href="/a">Start</a></span>
<span><a href="/b">Projekte</a></span>
<span><a href="/c">Mitmachen</a></span> <span><a href="/d">Presse</a></span></div>
<div>«<div><b>Checkliste für die erste Fahrt</b></div><div>Ein Jahr vorher: Termin mit der Partnerstadt
abstimmen und eine Gruppe finden, die mitfährt.</div>
<div>Sechs Monate vorher: Antrag auf Förderung stellen, Bus anfragen, Gastfamilien suchen.</div>
<div>Einen Monat vorher: Elternabend halten, Notfallnummern sammeln, Versicherung prüfen.</div>
<div>Nach der Fahrt: Belege ordnen, Bericht schreiben, sich bei den Gastgebern bedanken.</div>»</div>
<div><div>«Noch Fragen? Schreiben Sie uns, wir antworten meist innerhalb einer Woche.»</div></div>
<div><a href="/i">Impressum</a> · <a href="/d">Datenschutz</a> · <a
href="/k">Kontakt</a></div></div></body></html>""",
)

_NEWSLETTER = SavedPage(
    "Rundbrief",
    """<!DOCTYPE html><html lang="de"><head><title>Rundbrief Juni</title><style>td { padding: 0
}</style></head><body>
<div style="display:none;max-height:0">Neues aus den Partnerstädten, kurz gefasst</div>
<table role="presentation" width="100%"><tr><td align="center"><a href="http://example.org/browser">Im
Browser ansehen</a></td></tr>
<tr><td><table role="presentation" width="600"><tr><td>«<h1>Rundbrief Juni</h1><p>Liebe Mitglieder, der
Sommer beginnt, und mit ihm die Zeit der Besuche.</p>»</td></tr>
<tr><td>«<h2>Besuch aus Olszany</h2><p>Vom 3. bis 7. Juli kommen zwölf Gäste. Wir suchen noch zwei Familien,
die ein Zimmer frei haben.</p>
<p><a href="http://example.org/gast">Als Gastfamilie melden</a></p>»</td></tr><tr><td>«<h2>Neue Förderung für
kleine Vereine</h2>
<p>Ab August zahlt das Land bis zu 500 Euro für ein erstes Treffen. Der Antrag ist eine Seite
lang.</p>»</td></tr></table></td></tr>
<tr><td class="footer"><p>Sie erhalten diese Nachricht, weil Sie Mitglied sind. <a
href="http://example.org/ab">Abbestellen</a></p>
<p><a href="#">Facebook</a> <a href="#">Instagram</a></p></td></tr></table></body></html>""",
)

_MODERN = SavedPage(
    "Seite mit Hauptteil",
    """<!DOCTYPE html><html lang="de"><head><title>Gastfamilie werden – Lindental</title></head><body>
<header class="page-header"><nav class="navbar"><ul><li><a href="/">Start</a></li><li><a
href="/m">Mitmachen</a></li></ul></nav></header>
<main id="main"><div class="breadcrumbs"><a href="/">Start</a> / <a href="/m">Mitmachen</a> /
Gastfamilie</div>
<article>«<h1>Gastfamilie werden</h1><p class="lead">Ein Bett, ein Frühstück und ein offenes Ohr: mehr
braucht es nicht.</p>»
<div class="toc"><p>Auf dieser Seite</p><ul><li><a href="#was">Was erwartet wird</a></li><li><a
href="#geld">Was es kostet</a></li><li><a href="#weg">Wie es weitergeht</a></li></ul></div>
«<h2 id="was">Was erwartet wird</h2><p>Die Gäste bleiben meist vier Nächte. Tagsüber haben sie Programm,
abends essen alle zusammen.</p>
<aside class="infobox"><p>Gut zu wissen: Kinder unter vierzehn Jahren werden nur zu zweit in einer Familie
untergebracht, niemals allein.</p></aside>
<h2 id="geld">Was es kostet</h2><p>Der Verein zahlt für jede Nacht 15 Euro Verpflegung. Ausflüge sind im
Programm enthalten.</p>
<h2 id="weg">Wie es weitergeht</h2><p>Nach der Anmeldung besucht Sie jemand aus dem Vorstand. Dabei klären
Sie alles Weitere.</p>»
<div class="share-buttons">Seite teilen: <a href="#">E-Mail</a> <a href="#">WhatsApp</a></div></article>
<section class="related"><h2>Das könnte Sie auch interessieren</h2><article><h3><a href="/1">Sprachtandem
finden</a></h3><p>Üben Sie zu zweit.</p></article>
<article><h3><a href="/2">Im Chor mitsingen</a></h3><p>Jeden Dienstag.</p></article></section></main>
<aside class="sidebar"><h2>Newsletter</h2><p>Jeden Monat Neues.</p></aside>
<footer class="page-footer"><ul><li><a href="/impressum">Impressum</a></li></ul><p>© Lindental</p></footer>
<div id="usercentrics-root" aria-hidden="true"><p>Privatsphäre-Einstellungen</p></div></body></html>""",
)

_BLOG_ARTICLES = SavedPage(
    "Bericht mit Anreißern",
    """<!DOCTYPE html><html lang="de"><head><title>Bericht: Ein Wochenende in Olszany</title></head><body>
<header><a href="/">Lindentaler Blatt</a></header>
<div class="layout"><article class="bericht">«<header><h1>Ein Wochenende in Olszany</h1></header>
<p>Drei Tage lang haben Feuerwehrleute aus beiden Städten zusammen geübt. Am Samstag galt es, einen Brand im
alten Speicher zu löschen.</p>
<figure><img src="x.jpg" alt="Zwei Löschzüge vor dem Speicher"><figcaption>Gemeinsame Übung am
Speicher</figcaption></figure>
<blockquote><p>Im Einsatz versteht man sich auch ohne Worte.</p></blockquote>
<p>Die Reisekosten hat die Stiftung übernommen, die Unterkunft die Gemeinde Olszany. Im Herbst folgt der
Gegenbesuch.</p>»
<p class="autor">Text: Redaktion</p></article>
<article class="teaser"><h3><a href="/3">Neue Bänke im Park</a></h3><p>Die Stadt stellt zwölf Bänke auf. <a
href="/3">Mehr lesen</a></p></article>
<article class="teaser"><h3><a href="/4">Markt am Sonntag</a></h3><p>Händler aus drei Ländern. <a
href="/4">Mehr lesen</a></p></article></div>
<footer>Lindentaler Blatt, <a href="/abo">Abonnement</a></footer></body></html>""",
)

# The pages below were written after the rules. One rule was dropped for them: that a single "comment" is
# the comment of a visitor and not of the author.
_BUILDER = SavedPage(
    "Seite aus dem Baukasten",
    """<!DOCTYPE html><html lang="de"><head><title>Jugendbegegnung planen</title></head><body
class="elementor-page has-sidebar">
<div class="elementor elementor-location-header"><div class="elementor-widget-nav-menu"><ul><li><a
href="/">Start</a></li>
<li><a href="/jugend">Jugend</a></li><li><a href="/kontakt">Kontakt</a></li></ul></div></div>
<div class="elementor-section-wrap"><div class="elementor-widget elementor-widget-heading"><div
class="elementor-widget-container">
«<h1 class="elementor-heading-title">Jugendbegegnung planen</h1>»</div></div>
<div class="elementor-widget elementor-widget-text-editor"><div class="elementor-widget-container">
«<p>Beginnen Sie ein Jahr im Voraus. Legen Sie mit der Partnergruppe fest, wie viele Jugendliche mitfahren
und wer sie begleitet.</p>
<p>Für je zehn Minderjährige sollte eine erwachsene Person dabei sein.</p>»</div></div>
<div class="elementor-widget elementor-widget-toggle"><div class="elementor-toggle"><div
class="elementor-toggle-item">
«<div class="elementor-tab-title"><a href="#">Was muss in die Einverständniserklärung?</a></div>
<div class="elementor-tab-content elementor-clearfix" style="display: none;"><p>Name, Notfallnummer,
Allergien und die Erlaubnis zum Baden.</p></div>»
</div></div></div><div class="elementor-widget elementor-widget-button">«<a class="elementor-button"
href="/vorlage.docx">Vorlage herunterladen</a>»</div></div>
<div class="elementor elementor-location-footer"><div><a href="/impressum">Impressum</a> <a
href="/datenschutz">Datenschutz</a></div></div>
<div class="borlabs-cookie-box"><p>Datenschutzeinstellungen: Wir brauchen Ihre
Einwilligung.</p><ul><li>Essenziell</li><li>Statistik</li></ul></div>
</body></html>""",
)

_LINKS = SavedPage(
    "Linksammlung",
    """<!DOCTYPE html><html lang="de"><head><title>Nützliche Adressen</title></head><body>
<div class="navbar"><a href="/">Start</a> <a href="/service">Service</a></div>
<div class="content">«<h1>Nützliche Adressen</h1><h2>Förderer</h2><ul><li><a
href="https://example.org/jw">Jugendwerk beider Länder</a></li>
<li><a href="https://example.org/st">Stiftung Nachbarschaft</a></li><li><a
href="https://example.org/eu">Europäische Agentur</a></li></ul>
<h2>Reisen</h2><ul><li><a href="https://example.org/bus">Busse vergleichen</a></li><li><a
href="https://example.org/herberge">Herbergen finden</a></li></ul>»</div>
<div class="footer"><a href="/impressum">Impressum</a></div></body></html>""",
)

_CMS = SavedPage(
    "Landkreis",
    """<!DOCTYPE html><html lang="de"><head><title>Landkreis Auental - Ehrenamtskarte</title></head><body>
<div class="page-header"><div class="logo"><a href="/">Landkreis Auental</a></div><ul class="mainnav"><li><a
href="/leben">Leben</a>
<ul class="submenu" style="display:none"><li><a href="/leben/ehrenamt">Ehrenamt</a></li></ul></li><li><a
href="/amt">Amt</a></li></ul></div>
<ol class="breadcrumb"><li><a href="/">Start</a></li><li><a
href="/leben">Leben</a></li><li>Ehrenamtskarte</li></ol>
<div class="row"><div class="col-md-8 ce-bodytext">«<h1>Ehrenamtskarte</h1><p>Wer sich mindestens fünf
Stunden in der Woche ehrenamtlich einsetzt, kann
die Karte beantragen. Sie gilt drei Jahre.</p><dl><dt>Kosten</dt><dd>keine</dd><dt>Dauer der
Bearbeitung</dt><dd>vier Wochen</dd></dl>
<div class="panel panel-default"><div class="panel-heading"><h4><a role="button" data-toggle="collapse"
href="#p1">Welche Nachweise brauche ich?</a></h4></div>
<div id="p1" class="panel-collapse collapse" aria-hidden="true"><p>Eine Bestätigung Ihres Vereins und ein
Lichtbild.</p></div></div>
<div class="comment"><p>Hinweis: Seit Januar gilt die Karte im ganzen Land.</p></div>»</div>
<div class="col-md-4 sidebar"><div class="box"><h3>Weitere Themen</h3><ul><li><a
href="/v">Vereine</a></li><li><a href="/f">Fördermittel</a></li></ul></div></div></div>
<div class="footer-wrapper"><p>Landratsamt Auental, Am Markt 1</p><p><a href="/i">Impressum</a> <a
href="/d">Datenschutz</a></p></div></body></html>""",
)

PAGES = (_WORDPRESS, _MUNICIPAL, _FAQ, _LAYOUT_TABLES, _BARE, _NEWSLETTER, _MODERN, _BLOG_ARTICLES)
UNSEEN_PAGES = (_BUILDER, _LINKS, _CMS)
