// What a page of the preview does: asks after each change whether it is another, shows what is wrong
// with the site, and says which file it is made of. Nothing of this is in a published page.

const me = document.querySelector('script[src="/.podium/client.js"]');
let { print, shape } = me.dataset;
const KEPT = 'podium-place';
const CLOSED = 'podium-bar-closed';

// ---- Asking

let asking = false;
let again = false;

async function ask() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  do {
    again = false;
    const status = await page();
    if (status) follow(status);
  } while (again);
  asking = false;
}

// What the server says of this page; nothing if it has gone. The connection tells when it is back.
async function page() {
  try {
    const response = await fetch(`/.podium/page?path=${encodeURIComponent(location.pathname)}`, { cache: 'no-store' });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function follow(status) {
  if (status.print !== print) {
    if (status.shape !== shape) {
      reload();
      return;
    }
    swapStyles(status.styles);
    ({ print, shape } = status);
  }
  mark(status.unpublished);
  bar.show(status);
  overlay.show(status.problems, status.file);
}

// A style sheet's name without its fingerprint.
const plain = (url) => new URL(url, location.href).pathname.replace(/\.[0-9a-f]{10}\.css$/, '.css');

function swapStyles(styles) {
  const links = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !link.dataset.podiumOld);
  for (const style of styles) {
    for (const old of links.filter((link) => plain(link.href) === plain(style))) {
      if (new URL(old.href).pathname === style) continue;
      const link = old.cloneNode();
      link.href = style;
      // The old one stays until the new one is there, so that the page is never without.
      old.dataset.podiumOld = 'yes';
      link.addEventListener('load', () => old.remove());
      link.addEventListener('error', () => old.remove());
      old.after(link);
    }
  }
}

// ---- Reloading without losing one's place: browsers forget the focus, and keep the distance from the top
// rather than what is being read, most of them always, Chromium where it had no time to look.

// A way to an element that leads there in the new page too, if it is still there.
function wayTo(element) {
  const steps = [];
  for (let at = element; at.parentElement && at !== document.body; at = at.parentElement) {
    if (at.id) {
      steps.unshift(`#${CSS.escape(at.id)}`);
      return steps.join('>');
    }
    const same = [...at.parentElement.children].filter((other) => other.tagName === at.tagName);
    steps.unshift(`${CSS.escape(at.tagName.toLowerCase())}:nth-of-type(${same.indexOf(at) + 1})`);
  }
  return ['body', ...steps].join('>');
}

// What is being read: the first small thing in the middle of the window, from its upper third down.
function read() {
  for (let y = innerHeight / 3; y < innerHeight; y += 24) {
    const element = document.elementFromPoint(innerWidth / 2, y);
    if (!element || element === bar.host || element === overlay.host) continue;
    if (element.getBoundingClientRect().height < innerHeight / 2) return element;
  }
  return undefined;
}

const topOf = (element) => element.getBoundingClientRect().top;

function reload() {
  const focus = document.activeElement;
  const place = { path: location.pathname };
  const reading = scrollY > 0 && read();
  if (reading) place.reading = { way: wayTo(reading), words: reading.textContent, top: topOf(reading) };
  if (focus && focus !== document.body && focus !== bar.host && focus !== overlay.host) {
    place.focus = wayTo(focus);
    // Only fields with text have a selection; asking others is an error or null.
    if (typeof focus.value === 'string' && /^(text|search|url|tel|password|textarea)$/.test(focus.type)) {
      place.value = focus.value;
      place.selection = [focus.selectionStart, focus.selectionEnd];
    }
  }
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(place));
  } catch {
    // Without storage the browser restores what it can.
  }
  location.reload();
}

// Brings what was being read back to where it was, once the browser has done what it does by itself.
function findAgain({ way, words, top }) {
  const there = document.querySelector(way);
  // A paragraph more above it: the same words have another way now.
  const same = there?.textContent === words ? there : [...document.querySelectorAll(way.replace(/.*>|:nth-of-type.*/g, ''))]
    .find((element) => element.textContent === words);
  const reading = same ?? there;
  if (!reading) return;
  let isLeft = false;
  for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(event, () => { isLeft = true; }, { once: true, passive: true });
  const settle = () => isLeft || scrollBy({ top: topOf(reading) - top, behavior: 'instant' });
  settle();
  addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(settle)), { once: true });
}

function restore() {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    if (place?.path !== location.pathname) return;
    if (place.reading) findAgain(place.reading);
    if (!place.focus) return;
    const focus = document.querySelector(place.focus);
    focus?.focus({ preventScroll: true });
    if (focus && place.selection && typeof focus.value === 'string') {
      focus.value = place.value;
      focus.setSelectionRange(...place.selection);
    }
  } catch {
    // The place is no longer there.
  }
}

// ---- Listening

let events;

function listen() {
  if (events && events.readyState !== EventSource.CLOSED) return;
  events = new EventSource('/.podium/events');
  // The first message comes at once: whatever happened while nobody listened is caught up with.
  events.addEventListener('message', () => {
    bar.connected(true);
    ask();
  });
  events.addEventListener('error', () => {
    bar.connected(false);
    // Some browsers give up when nobody answers.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
}

// A browser opens six connections to a host: tabs that nobody sees do without.
let hiding;
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiding);
  if (document.visibilityState === 'visible') listen();
  else hiding = setTimeout(() => events?.close(), 2000);
});
// A page that comes back as it was left may be old.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  events?.close();
  listen();
});
addEventListener('pagehide', () => events?.close());

// ---- Showing

const STYLE = `
  :host { all: initial !important; }
  * { box-sizing: border-box; }
  .box { font: 14px/1.45 system-ui, sans-serif; color: #1b1b1f; background: #fff; color-scheme: light; }
  button { font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: 4px;
    min-width: 28px; min-height: 28px; padding: 0 8px; cursor: pointer; }
  button:focus-visible { outline: 3px solid #1a56db; outline-offset: 2px; }
  pre { margin: 0; font: 13px/1.4 ui-monospace, monospace; }
  .bar { position: fixed; z-index: 2147483646; inset: auto auto 8px 8px; max-width: calc(100vw - 16px);
    border: 1px solid #8a8a94; border-radius: 6px; padding: 4px 4px 4px 10px; box-shadow: 0 1px 6px #0003; }
  .line { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; }
  .file { overflow-wrap: anywhere; }
  .template { color: #55555e; }
  .state { background: #7a4a00; color: #fff; border-radius: 4px; padding: 1px 8px; font-weight: 600; }
  .gone { background: #b3261e; color: #fff; border-radius: 4px; padding: 1px 8px; }
  .warnings { max-height: 40vh; overflow: auto; padding: 8px 6px 4px 0; display: grid; gap: 12px; }
  .overlay { position: fixed; z-index: 2147483647; inset: auto 0 0 0; max-height: 60vh; display: flex;
    flex-direction: column; border-top: 4px solid #b3261e; box-shadow: 0 -2px 12px #0005; }
  .head { display: flex; gap: 12px; align-items: center; padding: 8px 12px; }
  h2 { font: 600 15px/1.3 system-ui, sans-serif; margin: 0; }
  .title { flex: 1; }
  .list { overflow: auto; padding: 0 12px 12px; display: grid; gap: 16px; justify-items: start; }
  .error { border-left: 3px solid #b3261e; padding-left: 10px; }
  .warning { border-left: 3px solid #a36a00; padding-left: 10px; }
  @media (prefers-color-scheme: dark) {
    .box { color: #ececf1; background: #1d1d22; color-scheme: dark; }
    .template { color: #b4b4be; }
    button:focus-visible { outline-color: #8ab4ff; }
  }
  @media print { :host { display: none !important; } }
`;

const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

// An element with attributes and children.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

// A box of the preview's own, which the page's style cannot reach.
function box(name) {
  const host = make(name, {});
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  let shown = '';
  return {
    host,
    root,
    // Draws only what is different, so that a focus in it stays.
    draw(key, ...content) {
      if (shown === key) return;
      shown = key;
      const focus = root.activeElement?.dataset.name;
      root.replaceChildren(...content.filter(Boolean));
      if (content.some(Boolean)) document.body.append(host);
      else host.remove();
      if (focus) root.querySelector(`[data-name="${focus}"]`)?.focus();
    },
  };
}

const bar = (() => {
  const { host, draw } = box('podium-bar');
  let status;
  let isConnected = true;
  let isOpen = false;
  const read = () => {
    try {
      return sessionStorage.getItem(CLOSED) === 'yes';
    } catch {
      return false;
    }
  };
  let isClosed = read();
  const close = () => {
    isClosed = true;
    try {
      sessionStorage.setItem(CLOSED, 'yes');
    } catch {
      // Then it is closed on this page alone.
    }
    render();
  };
  const toggle = () => {
    isOpen = !isOpen;
    render();
  };
  function render() {
    const key = JSON.stringify([isClosed, isConnected, isOpen, status?.file, status?.template, status?.state, status?.warnings]);
    if (!status || (isClosed && isConnected)) {
      draw(key);
      return;
    }
    const { warnings } = status;
    draw(key, make('section', { class: 'box bar', 'aria-label': 'Preview' },
      make('div', { class: 'line' },
        status.state ? make('span', { class: 'state' }, status.state) : '',
        isConnected ? '' : make('span', { class: 'gone' }, 'The preview has ended'),
        status.file ? make('span', { class: 'file' }, status.file) : '',
        status.template ? make('span', { class: 'template' }, status.template) : '',
        warnings.length > 0
          ? make('button', { type: 'button', 'data-name': 'warnings', 'aria-expanded': String(isOpen), click: toggle }, counted(warnings.length, 'warning'))
          : '',
        make('button', { type: 'button', 'data-name': 'close', 'aria-label': 'Close this bar', click: close }, '\u00d7')),
      isOpen && warnings.length > 0
        ? make('div', { class: 'warnings', tabindex: '0' }, ...warnings.map((text) => make('pre', { class: 'warning' }, text)))
        : ''));
  }
  return {
    host,
    show(next) {
      status = next;
      render();
    },
    connected(is) {
      isConnected = is;
      render();
    },
  };
})();

const overlay = (() => {
  const { host, draw } = box('podium-overlay');
  let problems = [];
  let isSmall = false;
  const toggle = () => {
    isSmall = !isSmall;
    render();
  };
  function render() {
    const key = JSON.stringify([isSmall, problems]);
    if (problems.length === 0) {
      draw(key);
      return;
    }
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    const warnings = problems.length - errors;
    const title = counted(errors, 'error') + (warnings > 0 ? `, ${counted(warnings, 'warning')}` : '');
    draw(key, make('section', { class: 'box overlay', 'aria-label': 'What is wrong with the site' },
      make('div', { class: 'head' },
        make('div', { class: 'title', role: 'alert' }, make('h2', {}, title)),
        make('button', { type: 'button', 'data-name': 'size', 'aria-expanded': String(!isSmall), click: toggle }, isSmall ? 'Show' : 'Hide')),
      isSmall
        ? ''
        : make('div', { class: 'list', tabindex: '0' }, ...problems.map(({ severity, text }) => make('pre', { class: severity }, text)))));
  }
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && problems.length > 0 && !isSmall) toggle();
  });
  return {
    host,
    show(next, file) {
      // Errors first, and those of this page before others.
      const weight = ({ severity, text }) => (severity === 'error' ? 0 : 2) + (file && text.includes(`--> ${file}:`) ? 0 : 1);
      next.sort((a, b) => weight(a) - weight(b));
      // What is new wants to be seen.
      if (JSON.stringify(next) !== JSON.stringify(problems)) isSmall = false;
      problems = next;
      render();
    },
  };
})();

// Links to what readers will not find yet.
const marks = new CSSStyleSheet();
marks.replaceSync(`a[data-podium-state]::after { content: attr(data-podium-state); margin-inline-start: .5em;
  padding: .1em .5em; border-radius: 4px; background: #7a4a00; color: #fff; font: 600 12px/1.4 system-ui, sans-serif;
  text-decoration: none; display: inline-block; }
  @media print { a[data-podium-state]::after { content: none; } }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];

function mark(unpublished) {
  const states = new Map(unpublished);
  for (const link of document.querySelectorAll('a[href]')) {
    const state = states.get(link.getAttribute('href'));
    if (state && link.textContent.trim() !== '') link.dataset.podiumState = state;
    else delete link.dataset.podiumState;
  }
}

if (document.visibilityState === 'visible') listen();
restore();
