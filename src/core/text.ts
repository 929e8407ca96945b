// What people may write: one place for messages, names and passwords, so that both doors and every feature agree.
import { badInput } from './errors.js';

interface TextRule {
  readonly min: number; // code points, after NFC and trimming
  readonly max: number; // code points, after NFC and trimming
  readonly multiline?: boolean;
}

const CONTENT: TextRule = { min: 1, max: 8_000, multiline: true }; // 32,000 bytes of UTF-8 at most: within 32 KiB
const DISPLAY_NAME: TextRule = { min: 1, max: 64 };
const ROOM_NAME: TextRule = { min: 1, max: 80 };
const KEY_LABEL: TextRule = { min: 1, max: 64 };
const BAN_REASON: TextRule = { min: 0, max: 250 };
const TOPIC: TextRule = { min: 0, max: 250 };
const SEARCH: TextRule = { min: 1, max: 200, multiline: true };

const USERNAME = { min: 3, max: 32, allowed: /^[a-z0-9_.-]+$/ };
const PASSWORD = { min: 8, max: 256 };
const CLIENT_MESSAGE_ID_MAX = 64;
const AVATAR_URL_MAX = 2_048; // characters; what every browser and proxy takes
const COMBINING_MAX = 8; // marks on one letter; real writing needs four, "zalgo" needs dozens

const INVISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u3164\uFFA0]*$/u;
const COMBINING_FLOOD = new RegExp(`\\p{M}{${COMBINING_MAX + 1},}`, 'u');
const CONTROL = /\p{Cc}/u;
/** Turns the rest of the line around: a name with one of these reads as another name. */
const OVERTURNING = /[\u202A-\u202E\u2066-\u2069]/;

const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

function refuseBroken(field: string, text: string): void {
  if (text.includes('\0')) throw badInput(field, `\`${field}\` must not contain the character U+0000.`);
  if (!text.isWellFormed())
    throw badInput(field, `\`${field}\` contains half of a surrogate pair: it is not well-formed Unicode.`);
}

function clean(field: string, text: string, rule: TextRule): string {
  refuseBroken(field, text);
  // The normal form can be longer or shorter: the limits hold for what is stored.
  const normal = text.replaceAll('\r\n', '\n').normalize('NFC').trim();
  if (!rule.multiline && CONTROL.test(normal))
    throw badInput(field, `\`${field}\` contains a control character or a line break.`);
  if (!rule.multiline && OVERTURNING.test(normal))
    throw badInput(field, `\`${field}\` contains a character that changes the direction of writing.`);
  if (rule.min > 0 && INVISIBLE.test(normal))
    throw badInput(field, `\`${field}\` must contain something that can be seen.`);
  const length = codePoints(normal);
  if (length > rule.max) {
    throw badInput(field, `\`${field}\` has ${length} characters; at most ${rule.max} are allowed.`, rule.max);
  }
  if (COMBINING_FLOOD.test(normal)) {
    throw badInput(field, `\`${field}\` has more than ${COMBINING_MAX} combining marks on one letter.`, COMBINING_MAX);
  }
  return normal;
}

export const messageContent = (text: string, field = 'content'): string => clean(field, text, CONTENT);
export const displayName = (text: string, field = 'displayName'): string => clean(field, text, DISPLAY_NAME);
export const roomName = (text: string, field = 'name'): string => clean(field, text, ROOM_NAME);
/** An empty topic is no topic. */
export const roomTopic = (text: string, field = 'topic'): string | null => clean(field, text, TOPIC) || null;

export const keyLabel = (text: string, field = 'label'): string => clean(field, text, KEY_LABEL);
/** An empty reason is no reason. */
export const banReason = (text: string, field = 'reason'): string | null => clean(field, text, BAN_REASON) || null;

/** Only what a browser may load without harm: no `javascript:`, no plain text on the way, nobody's password. */
export function avatarUrl(text: string, field = 'avatarUrl'): string {
  refuseBroken(field, text);
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username || url.password)
    throw badInput(field, `\`${field}\` must be an https address without a name or password in it.`);
  if (url.href.length > AVATAR_URL_MAX)
    throw badInput(field, `\`${field}\` must have at most ${AVATAR_URL_MAX} characters.`, AVATAR_URL_MAX);
  return url.href;
}

/** Folded to lower case: `Ada` and `ada` are the same person. */
export function username(text: string, field = 'username'): string {
  refuseBroken(field, text);
  const folded = text.normalize('NFKC').toLowerCase();
  const length = codePoints(folded);
  if (length < USERNAME.min || length > USERNAME.max) {
    const limit = length < USERNAME.min ? USERNAME.min : USERNAME.max;
    throw badInput(field, `\`${field}\` must have ${USERNAME.min} to ${USERNAME.max} characters.`, limit);
  }
  if (!USERNAME.allowed.test(folded))
    throw badInput(field, `\`${field}\` may contain only a-z, 0-9, "_", "." and "-".`);
  return folded;
}

/** What to look for when somebody types a name: never an error, for a name that cannot exist is a name that is not found. */
export const usernameToLookUp = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, 2 * USERNAME.max);

/** Not trimmed: white space in a password is the owner's business. Normalised, so that two keyboards agree. */
export function password(text: string, field = 'password'): string {
  refuseBroken(field, text);
  const length = codePoints(text);
  if (length < PASSWORD.min || length > PASSWORD.max) {
    const limit = length < PASSWORD.min ? PASSWORD.min : PASSWORD.max;
    throw badInput(field, `\`${field}\` must have ${PASSWORD.min} to ${PASSWORD.max} characters.`, limit);
  }
  return text.normalize('NFC');
}

/** A password that somebody signs in with; null for one that nobody can have, so that nothing is spent on it. */
export function passwordToTry(text: string): string | null {
  const length = codePoints(text);
  return length >= PASSWORD.min && length <= PASSWORD.max && text.isWellFormed() ? text.normalize('NFC') : null;
}

export function clientMessageId(text: string, field = 'clientMessageId'): string {
  refuseBroken(field, text);
  const length = codePoints(text);
  if (length < 1 || length > CLIENT_MESSAGE_ID_MAX) {
    throw badInput(field, `\`${field}\` must have 1 to ${CLIENT_MESSAGE_ID_MAX} characters.`, CLIENT_MESSAGE_ID_MAX);
  }
  return text;
}

/** A search for messages. */
export const searchQuery = (text: string, field = 'text'): string => clean(field, text, SEARCH);

/** A search for a name: never an error, for what cannot be found is not found. */
export const searchText = (text: string): string =>
  text.replaceAll('\0', '').toWellFormed().normalize('NFC').trim().slice(0, 200);
