// Keys for the whole product, put into the first HTML by ui/server/front.py. No eval, nothing fetched, no word from a record.
(() => {
  const WORDS = __WORDS__;
  const FIELD = 'input, textarea, select, [contenteditable="true"], [role=textbox], [role=combobox], [role=listbox], [role=option]';
  const MOVES_ITSELF = FIELD + ", canvas, [role=grid], [role=radiogroup], [role=radio], [role=tab], [role=slider], [role=menu], [role=dialog], [data-testid=stButtonGroup]";
  let wantsSearch = false;
  let taken = "";
  let late = null;  // an arrow pressed before the page had drawn its buttons
  const first = selector => document.querySelector(selector);
  const press = selector => { const found = first(selector); if (found && !found.disabled) found.click(); return Boolean(found); };
  const sheet = () => first("#campus-keys");

  function toggle() {
    if (sheet()) { sheet().remove(); return; }
    const made = document.createElement("div");
    made.id = "campus-keys";
    made.setAttribute("role", "dialog");
    made.setAttribute("aria-label", WORDS.title);
    const title = document.createElement("b");
    title.textContent = WORDS.title;
    const list = document.createElement("dl");
    for (const [key, says] of WORDS.keys) {
      const term = document.createElement("dt"), said = document.createElement("dd");
      term.textContent = key;
      said.textContent = says;
      list.append(term, said);
    }
    const close = document.createElement("button");
    close.textContent = WORDS.close;
    close.addEventListener("click", toggle);
    made.append(title, list, close);
    document.body.append(made);
    close.focus();
  }

  const turn = way => press(`.st-key-week_${way} button`) || press(`.st-key-key_${way} button`);

  function search() {
    const field = first(".st-key-choice_q input");
    if (field) { wantsSearch = false; field.focus(); field.select(); return; }
    wantsSearch = true;
    press(".st-key-keys a");
  }

  document.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && sheet()) { sheet().remove(); return; }
    const at = event.target instanceof Element ? event.target : document.body;
    if (at.closest(FIELD)) return;
    if (event.key === "/") { event.preventDefault(); search(); }
    else if (event.key === "?" || event.key === "？") { event.preventDefault(); toggle(); }
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      if (at.closest(MOVES_ITSELF) || first(".st-key-turn")) return;  // a presentation turns its own screens
      const way = event.key === "ArrowLeft" ? "before" : "after";
      if (turn(way)) event.preventDefault();
      else late = { way, page: location.pathname, until: Date.now() + 3000 };
    }
  });

  // What has to wait until the page is drawn: the search that was asked for from elsewhere, a file that has been made.
  new MutationObserver(() => {
    if (wantsSearch && first(".st-key-choice_q input")) search();
    if (late && (late.page !== location.pathname || Date.now() > late.until || turn(late.way))) late = null;
    const ready = first("[class*=st-key-export_ready] button");
    const name = ready && ready.closest("[class*=st-key-export_ready]").className;
    if (ready && name !== taken) { taken = name; setTimeout(() => ready.click(), 50); }
  }).observe(document, { childList: true, subtree: true });
})();
