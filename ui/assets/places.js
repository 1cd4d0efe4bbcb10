// Tabs of a place: turned inside the session, and offered beside the menu while the mouse rests on the place. No eval, nothing fetched, no word from a record.
(() => {
  const PLACES = __PLACES__;
  const SHOW = 150, NEXT = 60, HIDE = 300;  // milliseconds
  let sheet = null, place = null, timer = 0;
  const later = (what, wait) => { clearTimeout(timer); timer = setTimeout(what, wait); };
  const hide = () => { clearTimeout(timer); if (sheet) sheet.remove(); sheet = place = null; };

  function show(link) {
    hide();
    const tabs = PLACES[new URL(link.href).pathname];
    if (!tabs || !link.isConnected) return;
    place = link;
    sheet = document.createElement("nav");
    sheet.id = "campus-tabs";
    sheet.setAttribute("aria-label", tabs.label);
    for (const [path, says] of tabs.tabs) {
      const tab = document.createElement("a");
      tab.href = path;
      tab.textContent = says;
      sheet.append(tab);
    }
    document.body.append(sheet);
    const box = link.getBoundingClientRect();
    sheet.style.left = `${box.right}px`;
    sheet.style.top = `${Math.max(0, Math.min(box.top, innerHeight - sheet.offsetHeight - 8))}px`;
  }

  document.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse" || !(event.target instanceof Element)) return;
    const link = event.target.closest("[data-testid=stSidebarNavLink]");
    if (link && link !== place) later(() => show(link), sheet ? NEXT : SHOW);
    else if (link || event.target.closest("#campus-tabs")) clearTimeout(timer);
    else later(hide, HIDE);
  });
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });

  // With a key held the browser does what it is asked.
  document.addEventListener("click", event => {
    const tab = event.target instanceof Element && event.target.closest(".tabs a, #campus-tabs a");
    const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (tab && plain) {
      event.preventDefault();
      if (tab.href !== location.href) {
        history.pushState({}, "", tab.href);
        dispatchEvent(new PopStateEvent("popstate"));
      }
    }
    setTimeout(hide);
  }, true);
})();
