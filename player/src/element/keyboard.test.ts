import { describe, expect, it } from 'vitest';
import { boundedSpeed, commandOf, speedBy, SPEEDS } from './keyboard.js';

describe('the keyboard', () => {
  it.each([
    [' ', { do: 'toggle' }],
    ['K', { do: 'toggle' }],
    ['ArrowLeft', { do: 'skip', seconds: -5 }],
    ['ArrowRight', { do: 'skip', seconds: 5 }],
    ['j', { do: 'skip', seconds: -10 }],
    ['l', { do: 'skip', seconds: 10 }],
    ['ArrowUp', { do: 'volume', by: 0.05 }],
    ['ArrowDown', { do: 'volume', by: -0.05 }],
    ['0', { do: 'jump', fraction: 0 }],
    ['7', { do: 'jump', fraction: 0.7 }],
    ['Home', { do: 'jump', fraction: 0 }],
    ['End', { do: 'jump', fraction: 1 }],
    ['m', { do: 'mute' }],
    ['<', { do: 'speed', steps: -1 }],
    ['>', { do: 'speed', steps: 1 }],
    ['s', { do: 'silence' }],
    ['?', { do: 'help' }],
  ])('%s is understood', (key, command) => {
    expect(commandOf({ key })).toEqual(command);
  });

  it.each(['a', 'Tab', 'Enter', 'Escape', 'F5', 'constructor', 'toString'])('%s is left to the browser', (key) => {
    expect(commandOf({ key })).toBeUndefined();
  });

  it('leaves every key with a modifier to the browser', () => {
    expect(commandOf({ key: 'l', ctrlKey: true })).toBeUndefined();
    expect(commandOf({ key: 'ArrowLeft', altKey: true })).toBeUndefined();
    expect(commandOf({ key: 'm', metaKey: true })).toBeUndefined();
  });

  it('leaves space to a focused button, and all but help to a field', () => {
    expect(commandOf({ key: ' ' }, 'button')).toBeUndefined();
    expect(commandOf({ key: 'ArrowLeft' }, 'button')).toEqual({ do: 'skip', seconds: -5 });
    expect(commandOf({ key: 'ArrowUp' }, 'field')).toBeUndefined();
    expect(commandOf({ key: '?' }, 'field')).toEqual({ do: 'help' });
  });

  it('takes the arrows of the seek bar, whose own steps would be of another size', () => {
    expect(commandOf({ key: 'ArrowRight' }, 'time')).toEqual({ do: 'skip', seconds: 5 });
  });
});

describe('the speed', () => {
  it('goes by steps and stays within 0.5 and 3', () => {
    expect(speedBy(1, 1)).toBe(1.25);
    expect(speedBy(1, -1)).toBe(0.75);
    expect(speedBy(3, 1)).toBe(3);
    expect(speedBy(0.5, -1)).toBe(0.5);
    expect([SPEEDS.at(0), SPEEDS.at(-1)]).toEqual([0.5, 3]);
  });

  it('goes on from the nearest step', () => {
    expect(speedBy(1.1, 1)).toBe(1.25);
  });

  it('is 1 where none was said, and bounded where too much was', () => {
    expect([undefined, null, Number.NaN, 0, -2].map((speed) => boundedSpeed(speed))).toEqual([1, 1, 1, 1, 1]);
    expect([0.1, 1.3, 16].map((speed) => boundedSpeed(speed))).toEqual([0.5, 1.3, 3]);
  });
});
