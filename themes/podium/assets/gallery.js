// Shows the large size of a picture in place. Without this each picture of a gallery is a link to it.
for (const gallery of document.querySelectorAll(".gallery")) {
  const links = [...gallery.querySelectorAll(".enlarge")];
  const dialog = document.createElement("dialog");
  dialog.className = "large";
  const tools = dialog.appendChild(document.createElement("div"));
  tools.className = "large-tools";
  const image = dialog.appendChild(document.createElement("img"));
  const caption = dialog.appendChild(document.createElement("p"));
  caption.setAttribute("aria-live", "polite");
  let shown = 0;
  const show = (i) => {
    shown = (i + links.length) % links.length;
    const figure = links[shown].closest("figure");
    image.src = links[shown].href;
    image.alt = figure.querySelector("img").alt;
    caption.innerHTML = figure.querySelector("figcaption")?.innerHTML ?? "";
    dialog.setAttribute("aria-label", `${gallery.ariaLabel} ${shown + 1}/${links.length}`);
  };
  const button = (label, act) => {
    const made = tools.appendChild(document.createElement("button"));
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
  };
  if (links.length > 1) {
    button(gallery.dataset.previous, () => show(shown - 1));
    button(gallery.dataset.next, () => show(shown + 1));
  }
  button(gallery.dataset.close, () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(shown + step);
  });
  dialog.addEventListener("close", () => links[shown].focus());
  links.forEach((link, i) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(i);
      gallery.after(dialog);
      dialog.showModal();
    }),
  );
}
