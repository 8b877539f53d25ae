// Keeps an open live blog up to date while the coverage runs, without moving what is being read.

const list = document.querySelector('[data-updates]');
const pinned = document.querySelector('.pinned');
const words = list.dataset;
const byId = (id) => document.getElementById(id);
const made = (tag, name, place, where = 'append') => {
  const element = document.createElement(tag);
  element.className = name;
  place[where](element);
  return element;
};
const said = made('p', 'sr', list, 'before');
said.setAttribute('role', 'status');

// An update that has moved to a page of older ones, by its time or by the name that it was given.
const follow = () => {
  const id = location.hash.slice(1);
  if (!id || byId(id)) return;
  const starts = words.starts.split(' ');
  const time = /^at-(\d{4}-\d\d-\d\d-\d{4})/.exec(id)?.[1];
  const named = words.named.split(' ').find((pair) => pair.startsWith(`${id}=`))?.slice(id.length + 1);
  const page = named ?? (time <= starts.at(-1) && starts.slice(0, -1).filter((start) => start <= time).length);
  if (page) location.replace(`page/${page}/${location.hash}`);
};
addEventListener('hashchange', follow);
follow();

// The order, for which the reader has a switch. A browser may refuse to keep anything.
const turn = made('button', '', document.querySelector('.order'));
turn.type = 'button';
turn.textContent = words.oldest;
const rows = () => (isTurned ? [...list.children].reverse() : [...list.children]);
let isTurned = false;
const show = (wish) => {
  if (wish !== isTurned) list.append(...[...list.children].reverse());
  isTurned = wish;
  turn.setAttribute('aria-pressed', wish);
};
show(false);
turn.addEventListener('click', () => {
  show(!isTurned);
  try {
    localStorage.setItem('oldest-first', isTurned ? 'yes' : '');
  } catch {}
});
try {
  show(localStorage.getItem('oldest-first') === 'yes');
} catch {}
if (isTurned && location.hash) byId(location.hash.slice(1))?.scrollIntoView();

// What has come and was not seen yet, the newest last.
let fresh = [];
const pill = made('button', 'new-updates', list, 'before');
pill.type = 'button';
pill.hidden = true;
const eyes = new IntersectionObserver((entries) => {
  if (entries.some((entry) => entry.isIntersecting)) tell([]);
});
const tell = (ids) => {
  fresh = ids.filter(byId);
  eyes.disconnect();
  pill.hidden = fresh.length === 0;
  pill.textContent = fresh.length === 1 ? words.one : words.other.replace('{number}', fresh.length);
  if (fresh.length > 0) eyes.observe(byId(fresh.at(-1)));
};
pill.addEventListener('click', () => {
  const newest = byId(fresh.at(-1));
  tell([]);
  newest?.scrollIntoView();
  newest?.focus({ preventScroll: true });
});

// Makes the children of an element these, in this order, and touches no other than it has to.
const arrange = (home, wanted) => {
  for (const row of [...home.children]) if (!wanted.includes(row)) row.remove();
  wanted.forEach((row, i) => row !== home.children[i] && home.insertBefore(row, home.children[i] ?? null));
};
const time = (row) => Date.parse(row.querySelector('h3 time')?.dateTime);

// Puts in what is new or was edited, and takes out what was withdrawn.
const put = ({ updates, count }) => {
  const before = rows();
  const [tops, others] = [[], []];
  const came = [];
  for (const item of updates) {
    const old = byId(item.id);
    let row = old;
    if (old?.dataset.version !== item.version) {
      const template = document.createElement('template');
      template.innerHTML = item.html;
      row = template.content.firstElementChild;
      old?.replaceWith(row);
      if (!old) came.unshift(item.id);
    }
    (item.pinned ? tops : others).push(row);
  }
  // The data has the newest: what is older stays. Of what lies between the two nothing is known.
  const isAll = updates.length === count;
  const end = isAll ? -Infinity : others.length > 0 ? time(others.at(-1)) : Infinity;
  const isKnown = (row) => updates.some(({ id }) => id === row.id);
  const older = rows().filter((row) => !isKnown(row) && (row.matches('.gap') || time(row) <= end));
  const isGap = older.length > 0 && !others.some((row) => before.some(({ id }) => id === row.id));
  if (isGap) {
    const gap = made('p', 'gap', list);
    const link = made('a', '', gap);
    link.href = location.pathname;
    link.textContent = words.more;
    older.unshift(gap);
  }
  const all = [...others, ...older];
  arrange(list, isTurned ? all.reverse() : all);
  arrange(pinned, tops);
  pinned.hidden = tops.length === 0;
  document.querySelector('.no-updates').hidden = count > 0;
  return came;
};

const take = (data) => {
  // What is being read: whatever stands at a third of the window. What is above it must not push it away.
  const line = innerHeight / 3;
  const read = [...document.querySelectorAll('.update')].find((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top <= line && bottom > line;
  })?.id;
  const top = () => byId(read)?.getBoundingClientRect().top;
  const was = top();
  const focus = document.activeElement;
  const home = focus?.closest('.update')?.id;
  const came = put(data);
  const moments = document.querySelector('.key-moments');
  const links = moments.querySelector('ol');
  if (links.outerHTML !== data.key_moments) links.outerHTML = data.key_moments;
  moments.hidden = !moments.querySelector('li');
  const is = top();
  if (was !== undefined && is !== undefined) scrollBy({ top: is - was, behavior: 'instant' });
  if (focus !== document.activeElement) {
    const same = focus.href && document.querySelector(`.update a[href="${focus.getAttribute('href')}"], .key-moments a[href="${focus.getAttribute('href')}"]`);
    (same || byId(home))?.focus({ preventScroll: true });
  }
  tell([...fresh, ...came]);
  if (came.length > 0) {
    said.textContent = `${pill.textContent}: ${byId(came.at(-1)).querySelector('h3').textContent}`;
  }
  if (words.coverage !== data.coverage) {
    words.coverage = data.coverage;
    const mark = document.querySelector('.story-head .live-mark');
    mark.className = `live-mark live-${data.coverage}`;
    said.textContent = mark.textContent = words[data.coverage];
    document.title = document.title.replace(`${words.running}: `, '');
  }
};

// Looks now and then, less often while it fails, not while nobody sees the page, no more when it is over.
let [timer, known, misses, asked] = [0, '', 1, null];
const look = async () => {
  asked?.abort();
  const own = new AbortController();
  asked = own;
  const late = setTimeout(() => own.abort(), 20_000);
  let text = null;
  try {
    const answer = await fetch(words.updates, { cache: 'no-cache', signal: own.signal });
    if (answer.ok) text = await answer.text();
  } catch {}
  clearTimeout(late);
  // Another look has begun meanwhile.
  if (own !== asked) return;
  misses = text === null ? Math.min(misses * 2, 16) : 1;
  const isNew = text !== null && text !== known;
  known = text ?? known;
  try {
    if (isNew) take(JSON.parse(text));
  } finally {
    wait();
  }
};
const wait = (pause = words.poll * misses * (1000 + Math.random() * 100)) => {
  clearTimeout(timer);
  const isOver = words.coverage === 'ended' || !Number(words.poll);
  document.documentElement.classList.toggle('follows', !isOver);
  if (!document.hidden && !isOver) timer = setTimeout(look, pause);
};
document.addEventListener('visibilitychange', () => wait(misses === 1 ? 0 : undefined));
wait(0);
