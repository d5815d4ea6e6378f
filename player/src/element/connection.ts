import { EarshotClient } from '../client/index.js';

/** How a token is handed over. */
export type Token = string | (() => string | Promise<string>);

interface Shared {
  readonly client: EarshotClient;
  users: number;
}

/** One client for each gateway and token, so that all players of a page share its event stream. */
const connections = new Map<string, Map<Token | undefined, Shared>>();

/** A client that is shared. `release` is called once by each user; the last one closes it. */
export interface Connection {
  readonly client: EarshotClient;
  release(): void;
}

/** Joins the connection to a gateway, or makes it. Nothing is fetched by that. */
export function connect(baseUrl: string, token: Token | undefined): Connection {
  const byToken = connections.get(baseUrl) ?? new Map<Token | undefined, Shared>();
  connections.set(baseUrl, byToken);
  const shared = byToken.get(token) ?? {
    client: new EarshotClient(token === undefined ? { baseUrl } : { baseUrl, token }),
    users: 0,
  };
  byToken.set(token, shared);
  shared.users++;
  let released = false;
  return {
    client: shared.client,
    release() {
      if (released) return;
      released = true;
      if (--shared.users > 0) return;
      shared.client.close();
      byToken.delete(token);
      if (byToken.size === 0) connections.delete(baseUrl);
    },
  };
}
