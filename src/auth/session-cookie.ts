// The cookie that carries a session's token. HttpOnly: no script of any page can read it.
import { parseCookie, stringifySetCookie } from 'cookie';

/** `__Host-` makes the browser insist on Secure, on this very host and on the whole path. Plain HTTP cannot have it. */
const nameOf = (production: boolean): string => (production ? '__Host-parley' : 'parley');

export function readSessionToken(cookieHeader: string | undefined, production: boolean): string | null {
  if (!cookieHeader) return null;
  return parseCookie(cookieHeader)[nameOf(production)] ?? null;
}

/** The value of `Set-Cookie`. A null token takes the cookie away. */
export function sessionCookie(token: string | null, production: boolean, expires: Date = new Date(0)): string {
  return stringifySetCookie({
    name: nameOf(production),
    value: token ?? '',
    httpOnly: true,
    secure: production,
    sameSite: 'lax',
    path: '/',
    expires,
  });
}
