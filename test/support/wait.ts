// Waiting for things to become true. Never for time to pass.

/** Asks again and again until the answer is yes; tells what it last saw when it never was. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  yes: (answer: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (yes(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`Waited ${withinMs} ms for ${what}; last seen: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What is awaited, or an error that says what it was. */
export async function within<T>(what: string, promise: Promise<T>, ms = 10_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${ms} ms for ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
