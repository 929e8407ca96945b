// How higher floors take part when a person comes (and, one day, goes), inside the same transaction.
import { Injectable } from '@nestjs/common';
import type { Unit } from '../database/database.js';
import type { User } from './user.model.js';

type Created = (unit: Unit, user: User) => Promise<void>;

@Injectable()
export class UserLifecycle {
  private readonly createdHandlers: Created[] = [];

  onCreated(handler: Created): void {
    this.createdHandlers.push(handler);
  }

  async created(unit: Unit, user: User): Promise<void> {
    for (const handler of this.createdHandlers) await handler(unit, user);
  }
}
