import { expect, it, vi } from 'vitest';
import { isOnStage, leaveStage, takeStage } from './stage.js';

it('one plays at a time: whoever takes the stage has the one before paused, and only once', () => {
  const [first, second] = [{ pause: vi.fn() }, { pause: vi.fn() }];
  takeStage(first);
  takeStage(first);
  takeStage(second);
  expect(first.pause).toHaveBeenCalledTimes(1);
  expect([isOnStage(first), isOnStage(second)]).toEqual([false, true]);
  leaveStage(second);
  takeStage(first);
  expect(second.pause).not.toHaveBeenCalled();
  leaveStage(first);
});
