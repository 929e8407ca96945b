// What a browser is called by people: a guess from how it introduces itself, in which each names those that it is not.

const BROWSERS = [
  ['Edge', /\bEdg(A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Headless)?(Chrome|CriOS|Chromium)\//],
  ['Safari', /\bSafari\//],
] as const;

const SYSTEMS = [
  ['Windows', /\bWindows\b/],
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Mac', /\bMac OS X\b/],
  ['Chrome OS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

export function browserName(userAgent: string | null | undefined): string {
  if (!userAgent) return 'Something without a name';
  const nameIn = (kinds: typeof BROWSERS | typeof SYSTEMS) => kinds.find(([, sign]) => sign.test(userAgent))?.[0];
  const browser = nameIn(BROWSERS);
  if (!browser) return userAgent.split(/[\s/]/, 1)[0] ?? userAgent; // a program, by its own word
  const system = nameIn(SYSTEMS);
  return system ? `${browser} on ${system}` : browser;
}
