"""Links from view to view without loading Streamlit anew: one fixed script, nothing of the corpus in it."""

from __future__ import annotations

from typing import Final

# Streamlit draws the view of the URL at `popstate`, as it does when somebody goes back; loading its whole
# page anew takes three seconds and begins another session. What is drawn then is read from its beginning,
# or from the passage that was asked for.
SCRIPT: Final = """
<script>
(() => {
  if (window.weicheVerweise) return;
  window.weicheVerweise = true;
  const LOOK = 50, SOON = 600, LATEST = 10000;  // milliseconds

  const isRunning = () => document.querySelector(".stApp")?.dataset.testScriptState === "running";
  const arrive = () => {
    const wanted = document.querySelector(".gesucht");
    const place = wanted || document.querySelector("h1");
    document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
    wanted?.scrollIntoView({ block: "start" });
    if (!place) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
  const onceDrawn = (act) => {
    const began = performance.now();
    let started = false;
    const again = setInterval(() => {
      const passed = performance.now() - began;
      started ||= isRunning() || passed > SOON;
      if (passed < LATEST && (!started || isRunning())) return;
      clearInterval(again);
      act();
    }, LOOK);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='?']");
    if (!link || link.target || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    dispatchEvent(new PopStateEvent("popstate"));
    onceDrawn(arrive);
  });
})();
</script>
"""
