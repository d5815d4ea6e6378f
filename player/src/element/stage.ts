/** Somebody who can be asked to be silent. */
export interface Performer {
  pause(): void;
}

let onStage: Performer | undefined;

/** Takes the stage: whoever had it is paused, so that one plays at a time on a page. */
export function takeStage(performer: Performer): void {
  if (onStage === performer) return;
  const before = onStage;
  onStage = performer;
  before?.pause();
}

/** Leaves the stage, if this one had it. */
export function leaveStage(performer: Performer): void {
  if (onStage === performer) onStage = undefined;
}

/** Whether this one has the stage: media keys belong to it. */
export function isOnStage(performer: Performer): boolean {
  return onStage === performer;
}
