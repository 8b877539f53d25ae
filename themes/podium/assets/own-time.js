// Adds the reader's own time to those of a schedule, for readers in another time zone who ask for it.

const place = document.querySelector('[data-own-time]');
const times = [...document.querySelectorAll('.sessions time[datetime*="T"]')];
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const part = (date, options) => new Intl.DateTimeFormat(document.documentElement.lang, options).format(date);
const offset = (text) => (text.endsWith('Z') ? 0 : (text.at(-6) === '-' ? -1 : 1) * (Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2))));
const isElsewhere = times.some((time) => -new Date(time.dateTime).getTimezoneOffset() !== offset(time.dateTime));

// A browser may refuse to keep anything.
const remember = (wanted) => {
  try {
    localStorage.setItem('own-time', wanted ? 'yes' : '');
  } catch {}
};
const remembered = () => {
  try {
    return localStorage.getItem('own-time') === 'yes';
  } catch {
    return false;
  }
};

if (place && isElsewhere) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = place.dataset.ownTime;
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => show(button.getAttribute('aria-pressed') === 'false'));
  place.append(' ', button);
  const show = (wanted) => {
    button.setAttribute('aria-pressed', String(wanted));
    remember(wanted);
    for (const old of document.querySelectorAll('.own-time')) old.remove();
    if (!wanted) return;
    for (const time of times) {
      const date = new Date(time.dateTime);
      const isOtherDay = date.getDate() !== new Date(date.getTime() + offset(time.dateTime) * 60000).getUTCDate();
      const own = document.createElement('span');
      own.className = 'own-time';
      own.textContent = part(date, { ...clock, ...(isOtherDay && { weekday: 'short' }) });
      time.after(own);
    }
  };
  if (remembered()) show(true);
}
