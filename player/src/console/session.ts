/** Who is signed in, as `GET /console/session` tells. */
export interface Session {
  readonly subject: string;
  readonly name?: string;
  readonly tenant?: string;
  readonly roles: readonly string[];
  readonly expiresAt?: string;
  readonly signOutUrl?: string;
  /** Of the local stack alone: where a call can be simulated. */
  readonly simulatorUrl?: string;
  readonly publicUrl?: string;
}

/** What the signed-in user may do here; the gateway decides again at each request. */
export interface Rights {
  readonly mayPlay: boolean;
  readonly mayPrefetch: boolean;
  readonly mayDelete: boolean;
  /** Sees failures and storage. */
  readonly isAdmin: boolean;
  /** Across tenants. */
  readonly isOperator: boolean;
}

export function rightsOf({ roles }: Session): Rights {
  const has = (role: string) => roles.includes(role);
  const isOperator = has('earshot:operator');
  return {
    mayPlay: has('recordings:play'),
    mayPrefetch: has('recordings:write'),
    mayDelete: has('recordings:admin'),
    isAdmin: has('recordings:admin') || isOperator,
    isOperator,
  };
}
