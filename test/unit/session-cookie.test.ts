// What a browser is told of the session, and what it is believed.
import { describe, expect, it } from '@jest/globals';
import { readSessionToken, sessionCookie } from '../../src/auth/session-cookie.js';
import { hashOf, newToken } from '../../src/auth/tokens.js';

const END = new Date('2026-02-03T04:05:06Z');
const partsOf = (cookie: string) => new Set(cookie.split('; '));

describe('the cookie of a session', () => {
  it('is for this host, TLS, this site and no script, in production', () => {
    const parts = ['__Host-parley=token', 'Path=/', 'Expires=Tue, 03 Feb 2026 04:05:06 GMT', 'HttpOnly', 'Secure'];
    expect(partsOf(sessionCookie('token', true, END))).toEqual(new Set([...parts, 'SameSite=Lax']));
  });

  it('is the same without TLS elsewhere, under the name that asks for none', () => {
    const parts = ['parley=token', 'Path=/', 'Expires=Tue, 03 Feb 2026 04:05:06 GMT', 'HttpOnly'];
    expect(partsOf(sessionCookie('token', false, END))).toEqual(new Set([...parts, 'SameSite=Lax']));
  });

  it.each([true, false])('is taken away by one that is over (production: %s)', (production) => {
    expect(sessionCookie(null, production)).toMatch(/parley=; .*Expires=Thu, 01 Jan 1970 00:00:00 GMT/);
  });

  it('is read under its own name alone', () => {
    expect(readSessionToken('a=b; __Host-parley=token', true)).toBe('token');
    expect(readSessionToken('parley=token', true)).toBeNull(); // a neighbouring host may have set it
    expect(readSessionToken('__Host-parley=token', false)).toBeNull();
    expect(readSessionToken(undefined, true)).toBeNull();
  });
});

describe('its token', () => {
  it('is 256 bits that nobody has had, known to us by a hash', () => {
    const token = newToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(newToken()).not.toBe(token);
    expect(hashOf(token)).toHaveLength(32);
    expect(hashOf(token).equals(Buffer.from(token, 'base64url'))).toBe(false);
    expect(hashOf(token).toString()).not.toContain(token);
  });
});
