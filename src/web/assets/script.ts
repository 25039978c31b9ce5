/**
 * The pages' only script, served as a file of its own. Pages can be read and acted on without it:
 * it says how long ago times were, and renews what is shown when the daemon tells of a change,
 * while what was unfolded stays so and what is being typed is left alone.
 */
export const SCRIPT_SOURCE = `'use strict';
(() => {
  const live = document.getElementById('live');
  const main = document.getElementById('main');
  const LEAST_MS = 1000;

  const age = (ms) => {
    const s = Math.round(Math.abs(ms) / 1000);
    const words = s < 90 ? s + ' s' : s < 5400 ? Math.round(s / 60) + ' min'
      : s < 129600 ? Math.round(s / 3600) + ' h' : Math.round(s / 86400) + ' days';
    return ms < 0 ? 'in ' + words : words + ' ago';
  };
  const enliven = () => {
    for (const time of document.querySelectorAll('time[data-lively]')) {
      const at = new Date(time.dateTime);
      if (!time.dataset.plain) time.dataset.plain = time.textContent;
      const local = at.getTimezoneOffset() === 0 ? ''
        : ', ' + at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) + ' here';
      time.textContent = time.dataset.plain + ' (' + age(Date.now() - at) + local + ')';
    }
  };
  enliven();
  setInterval(enliven, 20000);

  const say = (words) => {
    if (live && live.textContent !== words) live.textContent = words;
  };
  const openAt = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = place; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (place) place.scrollIntoView();
  };
  addEventListener('hashchange', openAt);
  if (location.hash) openAt();

  const events = main && main.dataset.events;
  if (!events || !window.EventSource) return;

  const seen = new WeakMap();
  const isBusy = (part) => {
    const at = document.activeElement;
    const isTyping = [...part.querySelectorAll('input, textarea')]
      .some((field) => field.type !== 'hidden' && field.value !== field.defaultValue);
    return isTyping || (part.contains(at) && /^(?:INPUT|TEXTAREA)$/.test(at.tagName));
  };
  const keyOf = (element) => {
    const details = element && element.closest('details[data-key]');
    return details && element.tagName === 'SUMMARY' ? details.dataset.key : null;
  };
  const renew = (part, fresh) => {
    const markup = fresh.outerHTML;
    if (seen.get(part) === markup || isBusy(part)) return;
    seen.set(fresh, markup);
    const isOpen = new Set([...part.querySelectorAll('details[open]')].map((one) => one.dataset.key));
    const focused = part.contains(document.activeElement) ? keyOf(document.activeElement) : null;
    for (const details of fresh.querySelectorAll('details')) {
      if (isOpen.has(details.dataset.key)) details.open = true;
    }
    part.replaceWith(document.adoptNode(fresh));
    if (focused !== null) {
      const again = [...fresh.querySelectorAll('details')].find((one) => one.dataset.key === focused);
      if (again) again.querySelector('summary').focus({ preventScroll: true });
    }
  };

  let asked = 0, timer = 0, isAsking = false;
  const load = () => {
    timer = 0;
    if (document.hidden) return;
    if (isAsking) { later(); return; }
    asked = Date.now();
    isAsking = true;
    const request = new XMLHttpRequest();
    request.open('GET', location.pathname + location.search);
    request.setRequestHeader('accept', 'text/html');
    request.responseType = 'document';
    request.onloadend = () => {
      isAsking = false;
      const fresh = request.status === 200 ? request.response : null;
      if (!fresh) {
        if (request.status) say('The page could not be renewed (HTTP ' + request.status + '). Reload it.');
        return;
      }
      document.title = fresh.title;
      for (const part of document.querySelectorAll('[data-live]')) {
        const its = fresh.querySelector('[data-live="' + part.dataset.live + '"]');
        if (its) renew(part, its);
      }
      enliven();
    };
    request.send();
  };
  const later = () => {
    if (!timer) timer = setTimeout(load, Math.max(50, asked + LEAST_MS - Date.now()));
  };
  document.addEventListener('visibilitychange', () => { if (!document.hidden) later(); });

  const source = new EventSource(events);
  let wasLost = false;
  source.onopen = () => {
    say('');
    document.body.dataset.state = 'live';
    if (wasLost) later();
    wasLost = false;
  };
  source.onerror = () => {
    wasLost = true;
    document.body.dataset.state = 'lost';
    say(source.readyState === 2 ? 'Not live: reload the page.' : 'Not live: the daemon does not answer. Trying again.');
  };
  source.addEventListener('incident', () => { say(''); later(); });
  source.addEventListener('step', (event) => {
    try {
      const { incidentId, step } = JSON.parse(event.data);
      say((events.includes('?') ? '' : incidentId + ': ') + step);
    } catch { /* A step that cannot be read is not worth a word. */ }
  });
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
})();
`;
