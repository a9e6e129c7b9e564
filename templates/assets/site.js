// What makes pages livelier: files may be dropped and show how far they are, and a page that waits for something looks by
// itself. Without this file the same forms work, and a reload shows the same.
const POLL_MS = 400;
const SLOW_POLL_MS = 2000;
const GIVE_UP_AFTER_FAILURES = 30;

const form = document.querySelector('[data-drop]');
if (form instanceof HTMLFormElement) enhance(form);

const running = document.querySelector('[data-running]');
if (running) void follow(location.pathname.split('/').pop(), () => undefined).then(() => location.reload());

if (document.querySelector('[data-making]')) void showWhenMade();

/** The address names the report that was the latest: as long as it is, the page says that another is being made. */
async function showWhenMade() {
  for (let tries = 0; tries < 600; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, SLOW_POLL_MS / 2));
    const page = await fetch(location.href, { headers: { Accept: 'text/html' } })
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null);
    if (page !== null && !page.includes(' data-making')) return location.replace('/');
  }
}

function enhance(form) {
  const input = form.querySelector('input[type=file]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sendAll(form, [...input.files]);
    input.value = '';
  });
  form.addEventListener('dragover', (event) => {
    event.preventDefault();
    form.classList.add('over');
  });
  form.addEventListener('dragleave', () => form.classList.remove('over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    sendAll(form, [...event.dataTransfer.files]);
  });
  // A file dropped beside the form would replace the page.
  for (const name of ['dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
  if (document.querySelector('[data-state=queued], [data-state=running]')) void refreshUntilDone();
}

/** One after the other, so that the first is being imported while the next is still on its way. */
async function sendAll(form, files) {
  const about = new URLSearchParams();
  for (const name of ['kind', 'vendor']) if (form.elements[name].value) about.set(name, form.elements[name].value);
  const lines = files.map((file) => ({ file, line: addLine(file.name, form.dataset.waiting) }));
  const followed = [];
  for (const { file, line } of lines) {
    const query = new URLSearchParams(about);
    query.set('file', file.name);
    try {
      const { id } = await send(`/api/v1/imports?${query}`, file, (share) => {
        line.show(form.dataset.sending.replace('{percent}', Math.floor(share * 100)), share / 2);
      });
      followed.push(watch(form, line, id));
    } catch (error) {
      line.end(error.message || form.dataset.lost, 'failed');
    }
  }
  await Promise.all(followed);
  await refreshList();
}

async function watch(form, line, id) {
  line.link(`/imports/${id}`);
  const words = { queued: form.dataset.waiting, running: form.dataset.reading };
  const told = await follow(id, ({ state, progress }) => {
    line.show(words[state].replace('{percent}', Math.floor(progress * 100)), 0.5 + progress / 2);
  }).catch(() => null);
  if (told === null) return line.end(form.dataset.lost, 'failed');
  if (told.state === 'failed') return line.end(`${form.dataset.failed} ${told.problem}`, 'failed');
  const sentence = form.dataset.done.replaceAll(/\{(\w+)\}/g, (_, name) => told[name].toLocaleString('en'));
  return line.end(sentence, 'done');
}

/** Sends the bytes of the file as they are; answers what the service made of them. */
function send(url, file, onShare) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'text/csv');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total ? loaded / total : 1));
    request.addEventListener('load', () => {
      if (request.status === 202) resolve(request.response);
      else reject(new Error(request.response?.detail));
    });
    request.addEventListener('error', () => reject(new Error('')));
    request.send(file);
  });
}

/** Asks again and again until the import has ended; a service that restarts is waited for. */
async function follow(id, onState) {
  let failures = 0;
  for (;;) {
    try {
      const answer = await fetch(`/api/v1/imports/${id}`, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      if (told.state === 'done' || told.state === 'failed') return told;
      failures = 0;
      onState(told);
    } catch (error) {
      failures += 1;
      if (failures >= GIVE_UP_AFTER_FAILURES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, failures > 0 ? SLOW_POLL_MS : POLL_MS));
  }
}

/** The line of one file: its name, where it stands, a bar. */
function addLine(name, text) {
  const list = document.getElementById('sending');
  const [item, title, state, bar] = ['li', 'span', 'span', 'progress'].map((tag) => document.createElement(tag));
  title.textContent = name;
  state.textContent = text;
  bar.value = 0;
  bar.setAttribute('aria-label', name);
  item.append(title, state, bar);
  list.append(item);
  list.hidden = false;
  return {
    show(sentence, share) {
      state.textContent = sentence;
      bar.value = share;
    },
    link(href) {
      const anchor = document.createElement('a');
      anchor.href = href;
      anchor.textContent = name;
      title.replaceChildren(anchor);
    },
    end(sentence, how) {
      state.textContent = sentence;
      state.className = how;
      bar.remove();
      document.getElementById('told').textContent = `${name}: ${sentence}`;
    },
  };
}

async function refreshUntilDone() {
  for (let tries = 0; tries < 1000; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, SLOW_POLL_MS));
    await refreshList();
    if (!document.querySelector('[data-state=queued], [data-state=running]')) return;
  }
}

/** Puts the list as the service shows it now in the place of the one on the page. */
async function refreshList() {
  const answer = await fetch('/imports', { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('imports');
  if (fresh) document.getElementById('imports').replaceWith(document.importNode(fresh, true));
}
