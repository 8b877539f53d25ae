// Marks what goes on and what is next on a schedule by the reader's clock, which is later than that of the page.

const words = document.querySelector('.schedule').dataset;
const rows = [...document.querySelectorAll('tr[data-until]')].map((row) => ({
  row, start: Date.parse(row.querySelector('time').dateTime), until: Date.parse(row.dataset.until),
}));
const flag = (row, word, name) => {
  const mark = document.createElement('span');
  mark.className = `flag flag-clock ${name}`;
  mark.textContent = word;
  row.lastElementChild.prepend(mark, ' ');
};
const tick = () => {
  const now = Date.now();
  const next = Math.min(...rows.filter(({ start }) => start > now).map(({ start }) => start));
  for (const mark of document.querySelectorAll('tr .flag-clock')) mark.remove();
  for (const { row, start, until } of rows) {
    const isNow = start <= now && now < until;
    row.classList.toggle('is-now', isNow);
    if (isNow) flag(row, words.now, 'flag-live');
    // Games of another year have no next session.
    else if (start === next && next - now < 86_400_000) flag(row, words.next, '');
  }
};
if (rows.length > 0) {
  tick();
  setInterval(tick, 60_000);
}
