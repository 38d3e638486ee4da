import * as engine from '@portage/engine';
import { WIRE_ERRORS } from '@portage/protocol';
import { describe, expect, it } from 'vitest';
import { german } from '../locales/de.ts';
import { english } from './english.ts';
import { ERROR_CODES } from './error-codes.ts';
import { errorText } from './error-text.ts';

type ErrorClass = new (...args: unknown[]) => engine.UploadError;

const isErrorClass = (value: unknown): boolean =>
  typeof value === 'function' && value.prototype instanceof engine.UploadError;

const classes = Object.values<unknown>(engine).filter(isErrorClass) as ErrorClass[];

describe('the catalogue', () => {
  it('has every code of the engine and of the server, and no other', () => {
    const own = classes.map((Class) => new Class('code', 'message', 'hint').code);
    expect([...ERROR_CODES].sort()).toEqual([...new Set([...own, ...Object.keys(WIRE_ERRORS)])].sort());
  });

  it('knows the code of a server behind `server-refused`', () => {
    const error = new engine.ServerRefusedError('too-large', 'a.mov is 9 MB.', 'Pick one of 5 MB at most.');
    expect(errorText(error, english)).toEqual({
      title: 'The file is too large',
      message: 'a.mov is 9 MB.',
      hint: 'Pick one of 5 MB at most.',
    });
  });

  it('tells people to rename a file whose name no store can keep, and not to reload the page', () => {
    const error = new engine.ServerRefusedError(
      'name-refused',
      'No store can keep it.',
      'Rename the file and try again.',
    );
    expect(errorText(error, english)).toMatchObject({ hint: 'Rename the file and try again.' });
    expect(errorText(error, german).hint).toBe(german.errors['key-taken'].hint);
  });

  it('speaks its language, with what support asks for', () => {
    const { title, message } = errorText(new engine.StoreRefusedError(403, 'AccessDenied'), german);
    expect(title).toBe(german.errors['store-refused'].title);
    expect(message).toBe(`${german.errors['store-refused'].message} (403 AccessDenied)`);
  });

  it('leaves no English sentence to guess: every error of the engine brings two', () => {
    for (const Class of classes) {
      const { title, message, hint } = errorText(new Class('internal', 'It broke.', 'Wait.'), english);
      expect([title, message, hint].map((text) => /\S.*[^ ]/.test(text))).toEqual([true, true, true]);
      expect(title).not.toBe(english.failedTitle);
    }
  });

  it('keeps for the console what only a developer understands', () => {
    const cause = new TypeError('x is undefined');
    for (const error of [new engine.AppCallbackError(cause), new engine.RemoteFailedError(cause)]) {
      expect(error.message).toContain('x is undefined');
      expect(Object.values(errorText(error, english)).join(' ')).not.toContain('undefined');
    }
    expect(Object.values(errorText(new engine.ETagHiddenError(), english)).join(' ')).not.toMatch(/ETag|CORS|bucket/);
  });

  it('says what the app threw on purpose in its words, in each language', () => {
    const error = new engine.AppCallbackError(new Error('Your plan is full.'));
    expect(errorText(error, english)).toMatchObject({
      title: 'The upload could not be prepared',
      message: 'Your plan is full.',
    });
    expect(errorText(error, german).message).toBe('Your plan is full.');
    expect(errorText(new engine.AppCallbackError(new TypeError('x')), german).message).toBe(
      german.errors['app-callback'].message,
    );
  });

  it('lets an unknown failure speak for itself', () => {
    const error = { code: 'own', message: 'No.', hint: 'Stop.' };
    expect(errorText(error, english)).toEqual({ title: 'Not uploaded', message: 'No.', hint: 'Stop.' });
  });
});
