// How higher floors take part when a person comes, and when they go for good, inside the same transaction.
import { Injectable } from '@nestjs/common';
import type { Unit } from '../database/database.js';
import type { User } from './user.model.js';

type Handler = (unit: Unit, user: User) => Promise<void>;

@Injectable()
export class UserLifecycle {
  private readonly createdHandlers: Handler[] = [];
  private readonly deletedHandlers: Handler[] = [];

  onCreated(handler: Handler): void {
    this.createdHandlers.push(handler);
  }

  /**
   * Removes what is theirs. The person comes nameless already, as events are to show them. Rooms register first, and lock
   * what they change first: a higher floor finds them left and locked.
   */
  onDeleted(handler: Handler): void {
    this.deletedHandlers.push(handler);
  }

  async deleted(unit: Unit, nameless: User): Promise<void> {
    for (const handler of this.deletedHandlers) await handler(unit, nameless);
  }

  async created(unit: Unit, user: User): Promise<void> {
    for (const handler of this.createdHandlers) await handler(unit, user);
  }
}
