// Runs before anything else of the page. Counts what is pending in it, whoever began that, and listens in on what goes to the
// loudspeaker: `watch.pending()`, `watch.requests()`, `watch.loudest`.
const watch = (() => {
  const open = new Map();
  const begin = (kind, id) => open.set(`${kind} ${id}`, kind);
  const end = (kind, id) => open.delete(`${kind} ${id}`);

  const once = (set, clear, kind) => {
    const [setIt, clearIt] = [window[set].bind(window), window[clear].bind(window)];
    window[set] = (task, ...rest) => {
      const id = setIt((...given) => {
        end(kind, id);
        return task(...given);
      }, ...rest);
      begin(kind, id);
      return id;
    };
    window[clear] = (id) => {
      end(kind, id);
      clearIt(id);
    };
  };
  const every = window.setInterval.bind(window);
  once('setTimeout', 'clearTimeout', 'timer');
  once('requestAnimationFrame', 'cancelAnimationFrame', 'frame');
  const [setEvery, clearEvery] = [window.setInterval, window.clearInterval];
  window.setInterval = (...all) => {
    const id = setEvery.apply(window, all);
    begin('interval', id);
    return id;
  };
  window.clearInterval = (id) => {
    end('interval', id);
    clearEvery.call(window, id);
  };

  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, blob);
    begin('object URL', url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    end('object URL', url);
    revokeObjectURL.call(URL, url);
  };

  const fetchIt = window.fetch.bind(window);
  let requests = 0;
  window.fetch = async (...all) => {
    const id = ++requests;
    begin('request', id);
    try {
      return await fetchIt(...all);
    } finally {
      end('request', id);
    }
  };

  const loudest = { left: 0, right: 0 };
  const meters = new WeakMap();
  const connect = AudioNode.prototype.connect;
  /** Two ears beside the loudspeaker of a context. */
  const meterOf = (context) => {
    if (!meters.has(context)) {
      const splitter = context.createChannelSplitter(2);
      meters.set(context, splitter);
      ['left', 'right'].forEach((side, index) => {
        const analyser = context.createAnalyser();
        connect.call(splitter, analyser, index);
        const samples = new Float32Array(analyser.fftSize);
        every(() => {
          analyser.getFloatTimeDomainData(samples);
          loudest[side] = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), loudest[side]);
        }, 20);
      });
    }
    return meters.get(context);
  };
  AudioNode.prototype.connect = function (...all) {
    if (all[0] instanceof AudioDestinationNode) {
      connect.call(this, meterOf(this.context));
    }
    return connect.apply(this, all);
  };

  // Not looked at when it is asked for: WebDriver sets a timer in the page around each of its own calls.
  let pending = [];
  every(() => (pending = [...open.values()].sort()), 50);

  return { loudest, pending: () => pending, requests: () => requests };
})();
