import { parseMoment } from './time.js';

/** The parameter that names the moment. */
export const MOMENT = 't';
/** The parameter that names the recording, for pages with many players. */
export const RECORDING = 'recording';

/** What a link to a moment says. */
export interface DeepLink {
  readonly seconds: number;
  /** The recording that is meant; without it the first player of the page is. */
  readonly recording?: string;
}

/** Reads `?t=1:23&recording=RE…` out of an address. Undefined when it names no moment. */
export function parseDeepLink(address: string | URL): DeepLink | undefined {
  const query = new URL(address).searchParams;
  const seconds = parseMoment(query.get(MOMENT));
  if (seconds === undefined) return undefined;
  const recording = query.get(RECORDING);
  return recording ? { seconds, recording } : { seconds };
}

/** The address of this moment of this recording on this page; everything else of the address stays as it is. */
export function momentLink(address: string | URL, recording: string, seconds: number): string {
  const url = new URL(address);
  url.searchParams.set(RECORDING, recording);
  url.searchParams.set(MOMENT, String(Math.floor(seconds)));
  return url.href;
}

/** Which player a link without a recording went to, so that not every player of a page starts there. */
let claimed: { link: string; recording: string } | undefined;

/** The moment at which this recording is to start, by the page's address. */
export function linkedMoment(address: string, recording: string): number | undefined {
  const link = parseDeepLink(address);
  if (!link) return undefined;
  if (link.recording) return link.recording === recording ? link.seconds : undefined;
  if (claimed?.link !== address) claimed = { link: address, recording };
  return claimed.recording === recording ? link.seconds : undefined;
}
