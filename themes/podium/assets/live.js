// Keeps an open live blog up to date while the coverage runs, without moving what is being read.

const list = document.querySelector('[data-updates]');
const pinned = document.querySelector('.pinned');
const words = list.dataset;
const byId = (id) => document.getElementById(id);
const added = (tag, name, parent) => {
  const element = document.createElement(tag);
  element.className = name;
  parent.append(element);
  return element;
};
const said = added('p', 'sr', list.parentElement);
said.setAttribute('role', 'status');

// An update that has moved to a page of older ones.
const follow = () => {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const page = words.starts.split(' ').filter((start) => start && start <= wanted).length;
  if (page && wanted.startsWith('at-') && !byId(wanted)) location.replace(`page/${page}/${location.hash}`);
};
addEventListener('hashchange', follow);
follow();

// The order, for which the reader has a switch. A browser may refuse to keep anything.
const place = document.querySelector('.order');
const turn = added('button', '', place);
turn.type = 'button';
turn.textContent = words.oldest;
let isTurned = false;
const show = (wish) => {
  if (wish !== isTurned) list.append(...[...list.children].reverse());
  isTurned = wish;
  turn.setAttribute('aria-pressed', wish);
};
turn.addEventListener('click', () => {
  show(!isTurned);
  try {
    localStorage.setItem('oldest-first', isTurned ? 'yes' : '');
  } catch {}
});
try {
  show(localStorage.getItem('oldest-first') === 'yes');
} catch {}

// What has come and was not seen yet.
let fresh = [];
const count = () => (fresh.length === 1 ? words.one : words.other.replace('{number}', fresh.length));
const pill = added('button', 'new-updates', list.parentElement);
pill.type = 'button';
pill.hidden = true;
const eyes = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && forget());
const forget = () => {
  fresh = [];
  pill.hidden = true;
  eyes.disconnect();
};
pill.addEventListener('click', () => {
  const newest = byId(fresh.at(-1));
  forget();
  newest?.scrollIntoView();
  newest?.focus({ preventScroll: true });
});

const put = ({ updates }) => {
  const isGap = list.children.length > 0 && !updates.some(({ id }) => byId(id));
  let older = null;
  for (const { id, version, html, pinned: isPinned } of updates.toReversed()) {
    const old = byId(id);
    let now = old;
    if (old?.dataset.version !== version) {
      const template = document.createElement('template');
      template.innerHTML = html;
      now = template.content.firstElementChild;
      const home = isPinned ? pinned : list;
      const isTail = isTurned && !isPinned;
      if (old?.parentElement === home) old.replaceWith(now);
      else {
        old?.remove();
        if (older && !isPinned) older[isTail ? 'after' : 'before'](now);
        else home[isTail ? 'append' : 'prepend'](now);
      }
      if (!old) fresh.push(id);
    }
    if (!isPinned) older = now;
  }
  // What was taken back goes from here too, as far as the data reaches.
  const last = byId(updates.at(-1)?.id);
  const isKnown = (row) => updates.some(({ id }) => id === row.id);
  const rows = isTurned ? [...list.children].reverse() : [...list.children];
  for (const row of [...pinned.children, ...rows.slice(0, Math.max(rows.indexOf(last), 0))]) if (!isKnown(row)) row.remove();
  pinned.hidden = !pinned.children.length;
  if (isGap) {
    const link = document.createElement('a');
    link.href = location.pathname;
    link.textContent = words.more;
    last[isTurned ? 'before' : 'after'](link);
  }
};

const take = (data) => {
  // What is being read: whatever stands at a third of the window. What is above it must not push it away.
  const line = innerHeight / 3;
  const read = [...document.querySelectorAll('.update')].find((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top <= line && bottom > line;
  })?.id;
  const top = () => byId(read)?.getBoundingClientRect().top;
  const [before, had, focus] = [top(), fresh.length, document.activeElement?.closest('.update')?.id];
  put(data);
  const moments = document.querySelector('.key-moments');
  moments.querySelector('ol').outerHTML = data.key_moments;
  moments.hidden = !moments.querySelector('li');
  const mark = document.querySelector('.story-head .live-mark');
  mark.className = `live-mark live-${data.coverage}`;
  mark.textContent = words[data.coverage];
  words.coverage = data.coverage;
  if (before !== undefined && top() !== undefined) scrollBy({ top: top() - before, behavior: 'instant' });
  if (focus && document.activeElement === document.body) byId(focus)?.focus({ preventScroll: true });
  if (fresh.length === had) return;
  const newest = byId(fresh.at(-1));
  said.textContent = `${count()}: ${newest.querySelector('h3').textContent}`;
  pill.textContent = count();
  pill.hidden = false;
  eyes.disconnect();
  eyes.observe(newest);
};

// Looks now and then, less often while it fails, not while nobody sees the page, no more when it is over.
let [timer, known, misses] = [0, '', 1];
const look = async () => {
  try {
    const answer = await fetch(words.updates, { cache: 'no-cache' });
    if (!answer.ok) throw answer;
    const text = await answer.text();
    if (text !== known) take(JSON.parse(text));
    [known, misses] = [text, 1];
  } catch {
    misses = Math.min(misses * 2, 16);
  }
  wait();
};
const wait = (work = () => setTimeout(look, words.poll * misses * (1000 + Math.random() * 100))) => {
  clearTimeout(timer);
  if (!document.hidden && words.coverage !== 'ended' && Number(words.poll)) timer = work();
};
document.documentElement.style.overflowAnchor = 'none';
document.addEventListener('visibilitychange', () => wait(look));
wait();
