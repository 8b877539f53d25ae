// Shares the address of a story or of an update by the device's own sheet, or copies it. What it cannot do has no button.

const words = document.querySelector('.share')?.dataset;
const can = { share: 'share' in navigator, copy: 'clipboard' in navigator };
document.documentElement.classList.toggle('cannot-share', !can.share);
document.documentElement.classList.toggle('cannot-copy', !can.copy);
const copy = async (button, url) => {
  await navigator.clipboard.writeText(url);
  const said = button.textContent;
  button.textContent = words?.copied ?? said;
  setTimeout(() => (button.textContent = said), 2000);
};
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-share], [data-copy]');
  if (!button) return;
  const url = new URL(button.dataset.share || button.dataset.copy || button.href, location).href;
  const title = button.dataset.title ?? button.closest('.update')?.querySelector('h3').textContent ?? document.title;
  const way = 'share' in button.dataset && can.share ? navigator.share({ title, url }) : can.copy && copy(button, url);
  if (!way) return;
  event.preventDefault();
  // Who closes the sheet has changed their mind.
  way.catch(() => {});
});
