import type { EarshotError, Recording } from '../../client/index.js';
import type { Http } from '../../client/http.js';
import { presets } from '../../client/retry.js';
import { Stream } from '../../client/stream.js';

/** Who wants to hear of all recordings of a tenant. */
export interface TenantListener {
  recording(recording: Recording): void;
  /** Changes may have been missed: what is listed from now on misses nothing. */
  refresh(): void;
  /** Whether changes are heard at the moment. */
  live(isLive: boolean): void;
  failed(error: EarshotError): void;
}

/** Tells every change of the tenant's recordings. @returns ends it */
export function hearTenant(http: Http, listener: TenantListener): () => void {
  const stream = new Stream(
    {
      http,
      policy: presets.patient,
      opened: () => listener.live(true),
      closed: () => listener.live(false),
      failed: (error) => listener.failed(error),
    },
    {
      path: () => '/api/recordings/events',
      take: ({ event, data }) => {
        if (event === 'recording') listener.recording(JSON.parse(data) as Recording);
        else if (event === 'refresh') listener.refresh();
      },
      down: () => {},
    },
  );
  stream.openIn(0);
  return () => stream.close();
}
