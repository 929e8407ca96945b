// Moments in the reader's own language and time zone, as short as their distance allows.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const longDate = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const longDateAndYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const DAY = 86_400_000;

export const timeOf = (at: string): string => clock.format(new Date(at));
export const momentOf = (at: string): string => whole.format(new Date(at));
export const dateOf = (at: string): string => day.format(new Date(at));
export const dateAndTimeOf = (at: string): string => dayAndTime.format(new Date(at));
export const sameDay = (a: string, b: string): boolean => daysBetween(new Date(a), new Date(b)) === 0;

/** For a list: the time today, the weekday this week, the date before that. */
export function briefly(at: string, now = new Date()): string {
  const then = new Date(at);
  const days = daysBetween(then, now);
  if (days === 0) return clock.format(then);
  return days < 7 ? weekday.format(then) : date.format(then);
}

/** For the line between two days. */
export function dayOf(at: string, now = new Date()): string {
  const then = new Date(at);
  const days = daysBetween(then, now);
  if (days < 2) return sentenceCase(relative.format(-days, 'day'));
  return (then.getFullYear() === now.getFullYear() ? longDate : longDateAndYear).format(then);
}

/** Calendar days, not spans of 24 hours: a day with a clock change has 23 or 25 of them. */
function daysBetween(earlier: Date, later: Date): number {
  const midnight = (moment: Date) => Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return Math.max(0, (midnight(later) - midnight(earlier)) / DAY);
}

const sentenceCase = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
