"""Keys, focus and look of the office hour: one fixed script, nothing of the corpus or the URL is put in."""

from __future__ import annotations

from typing import Final

import streamlit as st

KEYS_ON: Final = '<span class="tasten-an" hidden></span>'  # the script heeds single keys only with it

_STYLE: Final = """
<style>
.fundstelle { border-left: .3rem solid #0b4f8a; padding: 0 0 0 .8rem; overflow-wrap: anywhere; }
.fundstelle h4 { font-size: 1.05rem; line-height: 1.4; margin: 0; padding: 0 0 .3rem; }
.fundstelle .quelle { font-size: .95rem; margin: 0; }
.fundstelle .wege { margin: 0; font-size: .95rem; }
.st-key-fall textarea { font-size: 1rem; }
.st-key-fall button[kind="tertiary"] p { color: #0b4f8a; text-decoration: underline; }
[class*="st-key-treffer_"]:focus, [class*="st-key-fundstelle_"]:focus {
  outline: .2rem solid #0b4f8a; outline-offset: .3rem; border-radius: .3rem;
}
.st-key-antworten:focus, .st-key-fall:focus { outline: none; }
.st-key-sprechstunde h2 { font-size: 1.35rem; padding: .2rem 0; margin: 0; }
.st-key-sprechstunde h3 { font-size: 1.15rem; padding: .8rem 0 .2rem; margin: 0; }
.st-key-sprechstunde p { margin: 0; }
.st-key-sprechstunde .antwortsatz { font-size: 1.1rem; padding: 0; }
.stMainBlockContainer { max-width: 90rem; }
</style>
"""

# Streamlit draws anew after each press: focus is brought back to the widget of the same key, wherever it
# stands now. A field is saved while it is being written, by the keys that Streamlit itself saves it with.
_SCRIPT: Final = """
<script>
(() => {
  if (window.sprechstunde) return;
  window.sprechstunde = true;
  const STOPS = "[class*='st-key-treffer_'], [class*='st-key-fundstelle_']";
  const TYPED = "textarea, input:not([type=checkbox]), select, [contenteditable=true], [role=combobox]";
  const PAUSE = 1000;  // milliseconds without a key
  const DRAWN = 700;  // milliseconds after which nothing more is drawn

  const keyOf = (element) => [...element.classList].find((name) => name.startsWith("st-key-"));
  const stops = () => [...document.querySelectorAll(STOPS)].filter((stop) => stop.checkVisibility());
  const focusOn = (element) => {
    if (!element) return;
    if (!element.matches("button, a, input, textarea")) element.tabIndex = -1;
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  };

  const go = (step) => {
    const all = stops();
    const here = all.findIndex((stop) => stop.contains(document.activeElement));
    focusOn(all[Math.min(Math.max(here + step, 0), all.length - 1)]);
  };
  const pin = () => {
    const hit = document.activeElement.closest("[class*='st-key-treffer_']");
    hit?.querySelector("[class*='st-key-heften_'] button")?.click();
  };
  const ask = () => {
    const field = document.querySelector(".st-key-sprechstunde_frage input");
    focusOn(field);
    field?.select();
  };
  const send = () => focusOn(document.querySelector(".st-key-mappe button"));
  const ACTS = { "/": ask, j: () => go(1), k: () => go(-1), p: pin, e: send };

  let awaited = false;  // the first answers have no place yet when they are asked for
  const toAnswers = () => {
    const answers = document.querySelector(".st-key-antworten");
    awaited = !answers;
    if (answers) focusOn(answers);
    else document.activeElement.blur();
  };
  const leave = (field) => {
    const near = field.closest(STOPS) || field.closest(".st-key-fall");
    if (near) focusOn(near);
    else toAnswers();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!document.querySelector(".tasten-an")) return;
    const field = event.target.closest(TYPED);
    if (field && !field.matches("[role=combobox]")) {
      if (event.key === "Escape") leave(field);
    } else if (!field && Object.hasOwn(ACTS, event.key)) {
      event.preventDefault();
      ACTS[event.key]();
    }
  });

  let saving = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches(".st-key-fall textarea")) return;
    clearTimeout(saving);
    const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
    saving = setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", keys)), PAUSE);
  });

  // What waits for being saved is kept by the server for this window only, until it is left or drawn afresh.
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector(".st-key-ungespeichert")) event.preventDefault();
  });

  // A press while the page is drawn anew would get lost, and a file would lack what was written last: it
  // counts once all is saved and drawn.
  let left = 0;  // when a field was left, in milliseconds since the page was opened
  document.addEventListener("focusout", ({ target }) => {
    if (!target.matches(".st-key-fall textarea")) return;
    clearTimeout(saving);  // leaving it saves it
    left = performance.now();
  });
  const settled = () => performance.now() - left > DRAWN / 2
    && document.querySelector(".stApp").dataset.testScriptState !== "running";
  const onceSettled = (act) => {
    const again = setInterval(() => {
      if (!settled()) return;
      clearInterval(again);
      act();
    }, DRAWN / 7);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".st-key-sprechstunde [data-testid^='stBaseButton']");
    const widget = button?.closest("[class*='st-key-']");
    if (!widget || settled()) return;
    event.stopPropagation();
    onceSettled(() => document.querySelector(`.${keyOf(widget)} button`)?.click());
  }, true);

  // A question that is sent while a note is being saved would get lost: Streamlit takes one at a time.
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest(".st-key-sprechstunde_frage input");
    if (!field || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    field.blur();
    toAnswers();
    onceSettled(() => field.closest("form, [data-testid='stForm']")
      ?.querySelector("[data-testid='stFormSubmitButton'] button")?.click());
  }, true);

  let last = null;
  document.addEventListener("focusin", ({ target }) => {
    const widget = target.closest("[class*='st-key-']"), stop = target.closest(STOPS);
    const tag = widget === target ? "" : target.tagName;
    last = widget && { target, widget: keyOf(widget), stop: stop && keyOf(stop), tag };
  });
  const lost = () => {
    const now = document.activeElement;
    if (!last || (now !== document.body && now !== last.target)) return false;
    return !last.target.isConnected || !last.target.closest(`.${last.widget}`);
  };
  const restore = () => {
    const widget = document.querySelector(`.${last.widget}`);
    if (widget) focusOn((last.tag && widget.querySelector(last.tag)) || widget);
    return Boolean(widget);
  };
  let waiting = 0;
  const giveUp = () => {
    waiting = 0;
    if (!lost() || restore()) return;
    const stop = last.stop && document.querySelector(`.${last.stop}`);
    focusOn(stop || document.querySelector(".st-key-fall"));
  };
  new MutationObserver(() => {
    if (awaited && document.activeElement === document.body) toAnswers();
    if (!lost() || restore() || waiting) return;
    waiting = setTimeout(giveUp, DRAWN);
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
})();
</script>
"""


def install() -> None:
    """Puts look and script of the office hour into the page; the script installs itself once."""
    st.html(_STYLE + _SCRIPT, unsafe_allow_javascript=True)
