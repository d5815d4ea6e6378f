(() => {
  // What a test sees of the console: everything on the page, whatever shadow root it is in. Evaluated in the page by the driver, so
  // the page's policy does not hold it back, nor does it change it.
  const all = (root = document) =>
    [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);
  const isShown = (element) => element.getClientRects().length > 0;
  const named = (element) => `${element.getAttribute('aria-label') ?? ''} ${element.innerText ?? ''}`;
  const violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));

  window.eye = {
    rows: () =>
      all()
        .filter((element) => element.matches('tr.row'))
        .map((row) => ({ call: row.querySelector('.call .sid').title, state: row.querySelector('.state').innerText, isGone: row.matches('.gone') })),
    /** The list is there, were it an empty one. */
    isListed: () => all().some((element) => element.matches('tr.row, .empty')),
    look: () => {
      const elements = all();
      const audio = elements.find((element) => element.matches('audio'));
      return {
        text: elements.map((element) => (element.shadowRoot ? element.shadowRoot.textContent : '')).join(' '),
        time: audio?.currentTime ?? 0,
        isPlaying: audio !== undefined && !audio.paused,
        hasWaveform: elements.some((element) => element.matches('canvas') && element.width > 0 && isShown(element)),
        violations,
      };
    },
    /** The middle of a button, by a pattern of its name; within the row of a call where that is named. */
    place: ({ name, call }) => {
      const isIn = (element) => call === undefined || element.closest('tr.row')?.querySelector('.call .sid').title === call;
      const button = all().find(
        (element) => element.matches('button, a') && isShown(element) && new RegExp(name).test(named(element)) && isIn(element),
      );
      if (!button) return null;
      button.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = button.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    },
  };
})
