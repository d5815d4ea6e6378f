import { EarshotError } from '../client/errors.js';
import type { Origin } from './origin.js';
import { playFrom, type FindOptions, type Played, type Source } from './source.js';

/** Where the recordings of one kind are. */
export interface Route {
  /** Which identifiers: `/^(RE|CA)/`, `/^video_recording_/`, or a question. All if absent. */
  ids?: RegExp | ((sid: string) => boolean);
  /** Which media type, as far as it is known: `audio/*`, `video/mp4`. All if absent. */
  mediaType?: string;
  /** In the order in which they are asked. */
  sources: readonly Source[];
  /** Where `ensureLocal` gets it from; nothing is kept of a route without one. */
  origin?: Origin;
}

/** The one place that says which recording is where: the first route that fits is taken. */
export class Routing {
  constructor(private readonly routes: readonly Route[]) {}

  /**
   * @param mediaType if it is known; where it is not, a route that names one fits by its identifiers alone
   * @throws EarshotError `no-route`
   */
  for(sid: string, mediaType?: string): Route {
    const route = this.routes.find((each) => fitsId(each, sid) && fitsType(each, mediaType));
    if (!route) throw new EarshotError('no-route', `No route for ${sid}`);
    return route;
  }

  /** {@link playFrom} the sources of its route. */
  async play(sid: string, options: FindOptions & { mediaType?: string } = {}): Promise<Played> {
    return playFrom(this.for(sid, options.mediaType).sources, sid, options);
  }

  /** For {@link OfflineRecordings}. @throws EarshotError `not-supported` where the route has no origin */
  readonly origin = (sid: string): Origin => {
    const { origin } = this.for(sid);
    if (!origin) throw new EarshotError('not-supported', `Nothing is kept of ${sid}`);
    return origin;
  };

  /** The writable sources of its route, for `alsoTo`. */
  readonly writable = (sid: string): readonly Source[] =>
    this.for(sid).sources.filter(({ store }) => store !== undefined);
}

function fitsId({ ids }: Route, sid: string): boolean {
  if (ids === undefined) return true;
  // A global expression remembers where it was, and would fit every second time.
  return typeof ids === 'function' ? ids(sid) : new RegExp(ids.source, ids.flags.replace(/[gy]/g, '')).test(sid);
}

function fitsType(route: Route, mediaType: string | undefined): boolean {
  if (route.mediaType === undefined || mediaType === undefined) return true;
  const [wanted = '', given = ''] = [route.mediaType, mediaType].map((type) =>
    type.split(';')[0]?.trim().toLowerCase(),
  );
  return wanted.endsWith('/*') ? given.startsWith(wanted.slice(0, -1)) : wanted === given;
}
