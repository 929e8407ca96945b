// The cookies of one server, for programs outside a browser; inside one, the browser keeps them and this stays empty.

export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes what the answer sets. A browser hides these headers from scripts, and then there is nothing to take. */
  keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name, value] = halves(pair);
      if (isOver(attributes)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  /** The value of a Cookie header; undefined when there is nothing to send. */
  get header(): string | undefined {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') || undefined;
  }
}

function isOver(attributes: string[]): boolean {
  const { 'max-age': maxAge, expires } = Object.fromEntries(
    attributes.map(halves).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (maxAge !== undefined) return Number(maxAge) <= 0; // wins over Expires (RFC 6265, 5.3)
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

function halves(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
