// What every resolver gets beside its arguments: the contract that the gateway fills for both doors.
import type DataLoader from 'dataloader';
import type { Viewer } from './viewer.js';

export interface Context {
  readonly door: 'http' | 'socket';
  /** Null: nobody is signed in. Signing in and out changes it, so that the rest of the operation is asked by whoever it is then. */
  viewer: Viewer | null;
  readonly client: { readonly address: string; readonly userAgent: string | null };
  /** Hands the session token to the browser, null takes it away. Only the HTTP door can: the field is absent on the socket. */
  readonly setSessionToken?: (token: string | null, expiresAt?: Date) => void;
  /** One loader per name and operation, so that fifty rooms ask for their last message in one query. */
  readonly loaders: Loaders;
}

type AnyLoader = DataLoader<string, unknown>;

export class Loaders {
  private readonly byName = new Map<string, AnyLoader>();

  /** Something was looked up for this operation, and may be otherwise by the time of the next. */
  get used(): boolean {
    return this.byName.size > 0;
  }

  /** The loader of that name in this operation, made by `create` at first use. */
  get<T>(name: string, create: () => DataLoader<string, T>): DataLoader<string, T> {
    const existing = this.byName.get(name);
    if (existing) return existing as DataLoader<string, T>;
    const created = create();
    this.byName.set(name, created as AnyLoader);
    return created;
  }
}
