import { createRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { joined, mergeProps } from './render-part.ts';

describe('the props of a part and of the app’s element', () => {
  it('are the app’s where both have one', () => {
    expect(mergeProps({ id: 'part', title: 'part' }, { id: 'own' })).toEqual({ id: 'own', title: 'part' });
  });

  it('keep both classes, and each property of both styles', () => {
    const part = { className: 'part', style: { color: 'red', top: 0 } };
    expect(mergeProps(part, { className: 'own', style: { color: 'blue' } })).toEqual({
      className: 'part own',
      style: { color: 'blue', top: 0 },
    });
    expect(mergeProps(part, {})).toEqual(part);
  });

  it.each([
    ['runs both handlers, the app’s first', false, ['own', 'part']],
    ['does not run the part’s handler after preventDefault()', true, ['own']],
  ])('%s', (_, defaultPrevented, expected) => {
    const ran: string[] = [];
    const merged = mergeProps({ onClick: () => ran.push('part') }, { onClick: () => ran.push('own') });
    (merged['onClick'] as (event: object) => void)({ defaultPrevented });
    expect(ran).toEqual(expected);
  });
});

describe('joined refs', () => {
  it('all have the element, and nothing once it is gone', () => {
    const [object, callback] = [createRef<unknown>(), vi.fn()];
    const ref = joined([object, callback]);
    expect(ref('element')).toBe(undefined);
    expect([object.current, callback.mock.lastCall]).toEqual(['element', ['element']]);
    ref(null);
    expect([object.current, callback.mock.lastCall]).toEqual([null, [null]]);
  });

  it('run the clean-up that one of them returned, once, and give the others nothing', () => {
    const [object, cleanUp] = [createRef<unknown>(), vi.fn()];
    const callback = vi.fn(() => cleanUp);
    const end = joined([object, callback])('element');
    expect(cleanUp).not.toHaveBeenCalled();
    end?.();
    expect(cleanUp).toHaveBeenCalledOnce();
    expect([object.current, callback.mock.calls.length]).toEqual([null, 1]);
  });
});
