import { describe, expect, it, vi } from 'vitest';
import { census, Scope } from './scope.js';

const NOTHING = { listeners: 0, timers: 0, frames: 0, objectUrls: 0, others: 0 };

describe('a scope', () => {
  it('leaves nothing behind when it closes', () => {
    vi.useFakeTimers();
    const scope = new Scope();
    const target = new EventTarget();
    const heard = vi.fn();
    scope.listen(target, 'ping', heard);
    scope.timeout(heard, 1000);
    const url = scope.objectUrl(new Blob(['x']));
    scope.child().timeout(heard, 1000);
    expect(url).toMatch(/^blob:/);
    expect(census()).toEqual({ ...NOTHING, listeners: 1, timers: 2, objectUrls: 1, others: 2 });
    scope.close();
    target.dispatchEvent(new Event('ping'));
    vi.runAllTimers();
    expect(heard).not.toHaveBeenCalled();
    expect(census()).toEqual(NOTHING);
    vi.useRealTimers();
  });

  it('closes in the reverse order of opening, and once', () => {
    const order: string[] = [];
    const scope = new Scope();
    scope.own(() => order.push('first'));
    scope.own(() => order.push('second'));
    scope.close();
    scope.close();
    expect(order).toEqual(['second', 'first']);
  });

  it('forgets a child that has closed before', () => {
    const scope = new Scope();
    scope.child().close();
    expect(scope.size).toBe(0);
    expect(census()).toEqual(NOTHING);
  });

  it('opens nothing once it is closed', () => {
    const scope = new Scope();
    scope.close();
    const closer = vi.fn();
    scope.own(closer);
    scope.timeout(closer, 0);
    expect(closer).toHaveBeenCalledTimes(1);
    expect(scope.signal.aborted).toBe(true);
    expect(census()).toEqual(NOTHING);
  });
});
