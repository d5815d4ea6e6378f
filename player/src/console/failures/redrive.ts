import type { EarshotError } from '../../client/index.js';
import type { FailureGroup, Redriven, RedriveWanted } from '../api.js';

/**
 * How far it is. Nothing is fetched again before somebody has seen how many it would be, and said yes:
 * counting → asking → working → done, and from each of the first three → failed.
 */
export type RedriveState =
  | { readonly is: 'counting' }
  | { readonly is: 'asking'; readonly matched: number; readonly limit: number }
  | { readonly is: 'working'; readonly matched: number }
  | { readonly is: 'done'; readonly redriven: number; readonly left: number }
  | { readonly is: 'failed'; readonly error: EarshotError };

export type Redriver = (wanted: RedriveWanted, signal?: AbortSignal) => Promise<Redriven>;

/** Has the failed recordings of one reason fetched again, after they were counted and confirmed. */
export class Redrive {
  state: RedriveState = { is: 'counting' };
  /** What was begun last is through, whether it could be done or not. */
  settled: Promise<void> = Promise.resolve();
  private readonly closing = new AbortController();

  constructor(
    readonly group: FailureGroup,
    private readonly tenant: string,
    private readonly redrive: Redriver,
    private readonly changed: () => void,
  ) {}

  /** Counts what it would be. */
  async count(): Promise<void> {
    this.become({ is: 'counting' });
    // Counting has no effect, so it may be given up.
    await this.attempt(true, ({ matched, limit }) => ({ is: 'asking', matched, limit }));
  }

  /** Does it. Only after it was counted, and only once. */
  async confirm(): Promise<void> {
    if (this.state.is !== 'asking' || this.state.matched === 0) return;
    const { matched } = this.state;
    this.become({ is: 'working', matched });
    this.settled = this.attempt(false, ({ redriven }) => {
      return { is: 'done', redriven, left: Math.max(0, matched - redriven) };
    });
    await this.settled;
  }

  close(): void {
    this.closing.abort();
  }

  private async attempt(dryRun: boolean, then: (answer: Redriven) => RedriveState): Promise<void> {
    const { reason, final } = this.group;
    try {
      const wanted = { reason, includeFinal: final, tenant: this.tenant, dryRun };
      this.become(then(await this.redrive(wanted, dryRun ? this.closing.signal : undefined)));
    } catch (error) {
      this.become({ is: 'failed', error: error as EarshotError });
    }
  }

  private become(state: RedriveState): void {
    if (this.closing.signal.aborted) return;
    this.state = state;
    this.changed();
  }
}
