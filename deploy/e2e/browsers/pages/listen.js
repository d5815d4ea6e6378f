/**
 * Runs in the page. Reports what the media element did, not what was asked of it.
 *
 * @param {string} url the audio
 * @returns {Promise<{duration: number, played: number, seekedTo: number, playedOn: number, ended: boolean, error?: string}>}
 *   seconds; `error` names the step that did not happen
 */
export async function listen(url) {
  const PATIENCE_MILLIS = 30_000;
  const audio = document.createElement('audio');
  audio.preload = 'none';
  audio.src = url;
  document.body.replaceChildren(audio);
  const heard = { duration: 0, played: 0, seekedTo: 0, playedOn: 0, ended: false };

  const happens = (step, events, holds) =>
    new Promise((resolve, reject) => {
      const all = [...events, 'error'];
      const timer = setTimeout(() => done(() => reject(new Error(`${step}: nothing for ${PATIENCE_MILLIS} ms`))), PATIENCE_MILLIS);
      const look = () => {
        if (audio.error) {
          done(() => reject(new Error(`${step}: media error ${audio.error.code} ${audio.error.message}`)));
        } else if (holds()) {
          done(resolve);
        }
      };
      function done(then) {
        clearTimeout(timer);
        all.forEach((event) => audio.removeEventListener(event, look));
        then();
      }
      all.forEach((event) => audio.addEventListener(event, look));
      look();
    });
  const seek = async (step, seconds) => {
    audio.currentTime = seconds;
    await happens(step, ['seeked'], () => !audio.seeking && Math.abs(audio.currentTime - seconds) < 1.5);
    return audio.currentTime;
  };
  const playsOnFrom = (step, seconds) => happens(step, ['timeupdate', 'ended'], () => audio.currentTime > seconds + 0.3);

  try {
    await audio.play();
    await playsOnFrom('play', 0);
    heard.duration = audio.duration;
    heard.played = audio.currentTime;
    heard.seekedTo = await seek('seek to the middle', audio.duration / 2);
    await playsOnFrom('play on', heard.seekedTo);
    heard.playedOn = audio.currentTime;
    await seek('seek near the end', audio.duration - 1);
    await happens('end', ['ended'], () => audio.ended);
    heard.ended = audio.ended;
  } catch (failure) {
    heard.error = String(failure.message ?? failure);
  } finally {
    audio.removeAttribute('src');
    audio.load();
  }
  return heard;
}
