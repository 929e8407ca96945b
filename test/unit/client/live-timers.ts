// Counts the timers that this realm has set and neither cleared nor run: what a closed client must leave at none.
import { jest } from '@jest/globals';

export function watchTimers(): () => number {
  const live = new Set<unknown>();
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) => {
    const timer = set(() => {
      live.delete(timer);
      run();
    }, ms);
    live.add(timer);
    return timer;
  }) as typeof setTimeout);
  jest.spyOn(globalThis, 'clearTimeout').mockImplementation(((timer: NodeJS.Timeout) => {
    live.delete(timer);
    clear(timer);
  }) as typeof clearTimeout);
  return () => live.size;
}
