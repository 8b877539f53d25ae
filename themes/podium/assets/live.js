// Keeps an open live blog up to date while the coverage runs, without moving what is being read.

const list = document.querySelector('[data-updates]');
const pinned = document.querySelector('.pinned');
const tops = pinned.querySelector('.updates');
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

// How long ago the newest update was. Without this, and from the next day on, the page has its date.
const since = document.querySelector('.live-since');
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });
const age = () => {
  const newest = Math.max(...[...document.querySelectorAll('.update h3 time')].map((time) => Date.parse(time.dateTime)));
  const minutes = Math.floor((Date.now() - newest) / 60_000);
  if (!since || words.coverage !== 'running' || !(minutes >= 0 && minutes < 720)) return;
  const ago = minutes < 60 ? relative.format(-minutes, 'minute') : relative.format(-Math.floor(minutes / 60), 'hour');
  since.textContent = since.dataset.minute.replace('{ago}', ago);
};
age();
setInterval(age, 20_000);

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

// Puts in what is new or was edited, and takes out what was withdrawn: the data names all that stand on
// the blog's page.
const put = ({ updates: items, older: end }, html) => {
  const before = rows().map(({ id }) => id);
  const [above, others, came] = [[], [], []];
  for (const { id, version, pinned: isPinned } of items) {
    const old = byId(id);
    let row = old;
    if (old?.dataset.version !== version && html.has(id)) {
      const template = document.createElement('template');
      template.innerHTML = html.get(id);
      row = template.content.firstElementChild;
      old?.replaceWith(row);
      if (!old) came.push(row);
    }
    if (row) (isPinned ? above : others).push(row);
  }
  // What has moved to a page of older ones stays as long as this one is open.
  const isGap = (row) => row?.matches('.gap');
  const older = rows().filter((row) => isGap(row) || (!others.includes(row) && time(row) <= Date.parse(end)));
  while (isGap(older[0])) older.shift();
  if (older.length > 0 && !others.some(({ id }) => before.includes(id))) {
    const gap = made('p', 'gap', list);
    const link = made('a', '', gap);
    link.href = location.pathname;
    link.textContent = words.more;
    older.unshift(gap);
  }
  const all = [...others, ...older];
  arrange(list, isTurned ? all.reverse() : all);
  arrange(tops, above);
  pinned.hidden = above.length === 0;
  document.querySelector('.no-updates').hidden = items.length > 0;
  return came.sort((a, b) => time(a) - time(b)).map(({ id }) => id);
};

// The texts of updates: the data has those of the newest. If another is needed, the page is asked.
const isHere = ({ id, version }) => byId(id)?.dataset.version === version;
const texts = async (items, signal) => {
  const html = new Map(items.filter((item) => item.html).map((item) => [item.id, item.html]));
  if (items.some((item) => !html.has(item.id) && !isHere(item))) {
    const answer = await fetch(location.pathname, { cache: 'no-cache', signal });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const row of page.querySelectorAll('.update')) if (!html.has(row.id)) html.set(row.id, row.outerHTML);
  }
  return html;
};

const take = (data, html) => {
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
  const came = put(data, html);
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
  age();
  const news = [];
  if (came.length > 0) {
    news.push(`${pill.textContent}: ${byId(came.at(-1)).querySelector('h3').textContent}`);
  }
  if (words.coverage !== data.coverage) {
    words.coverage = data.coverage;
    const mark = document.querySelector('.live-bar .live-mark');
    mark.parentElement.className = `live-bar live-bar-${data.coverage}`;
    mark.className = `live-mark live-${data.coverage}`;
    mark.textContent = words[data.coverage];
    news.push(mark.textContent);
    const prefix = `${words.running}: `;
    document.title = (data.coverage === 'running' ? prefix : '') + document.title.replace(prefix, '');
  }
  if (news.length > 0) said.textContent = news.join('. ');
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
    const data = text !== null && text !== known && JSON.parse(text);
    const html = data && (await texts(data.updates, own.signal));
    clearTimeout(late);
    // Another look has begun meanwhile.
    if (own !== asked) return;
    if (data) take(data, html);
    // A page that is older than the data lacks some: the next look asks again.
    if (data && data.updates.every(isHere)) known = text;
  } catch (error) {
    if (own !== asked) return;
    if (text !== null) reportError(error);
    text = null;
  }
  clearTimeout(late);
  misses = text === null ? Math.min(misses * 2, 16) : 1;
  wait();
};
const wait = (pause = words.poll * misses * (1000 + Math.random() * 100)) => {
  clearTimeout(timer);
  const isOver = words.coverage === 'ended' || !Number(words.poll);
  document.documentElement.classList.toggle('follows', !isOver);
  if (!document.hidden && !isOver) timer = setTimeout(look, pause);
};
document.addEventListener('visibilitychange', () => wait(misses === 1 ? 0 : undefined));
wait(0);
