// The moment of sending, carried inside the content of a message: whoever hears it knows how long it took.
const MARK = Buffer.from('sent@');
const DIGITS = 14; // 115 days in ms with three decimals
const FILLER =
  ' The tomatoes are finally turning red, and on Saturday at ten we all meet in the garden with the big basket.';

/** 127 characters: with the rest of the message, a frame of about 400 bytes. */
export const stamped = (at: number): string => `${MARK}${at.toFixed(3).padStart(DIGITS, '0')}${FILLER}`;

/** Null when nothing of ours is in there. */
export function readStamp(payload: Buffer): number | null {
  const at = payload.indexOf(MARK);
  if (at < 0) return null;
  return Number(payload.toString('latin1', at + MARK.length, at + MARK.length + DIGITS));
}
