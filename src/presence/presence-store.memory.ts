// The board of one process alone. It forgets what is not written again, like the other body.
import { PresenceStore } from './presence-store.js';

export class MemoryPresenceStore extends PresenceStore {
  private readonly until = new Map<string, number>();

  constructor(private readonly ttl: number) {
    super();
  }

  async here(userIds: readonly string[]): Promise<string[]> {
    const came = userIds.filter((id) => !this.isOnline(id));
    for (const id of userIds) this.until.set(id, performance.now() + this.ttl);
    return [...new Set(came)];
  }

  async gone(userIds: readonly string[]): Promise<string[]> {
    for (const id of userIds) this.until.delete(id);
    return [...new Set(userIds)];
  }

  async online(userIds: readonly string[]): Promise<Set<string>> {
    return new Set(userIds.filter((id) => this.isOnline(id)));
  }

  close(): void {
    this.until.clear();
  }

  private isOnline(userId: string): boolean {
    const until = this.until.get(userId);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.until.delete(userId);
    return false;
  }
}
