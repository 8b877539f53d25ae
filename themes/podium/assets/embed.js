// Shows what another host has in the place of its card, once the reader asks for it.

document.addEventListener('click', ({ target }) => {
  const card = target.closest('.embed button')?.closest('.embed');
  if (!card) return;
  const frame = document.createElement('iframe');
  frame.src = card.dataset.frame;
  frame.title = card.dataset.title;
  frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  card.classList.add('is-open');
  card.prepend(frame);
  for (const part of card.querySelectorAll('blockquote, button, .embed-note')) part.remove();
  frame.focus();
});
