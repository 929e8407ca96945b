// Who asks: the session cookie, looked up in its table.
import { createHash } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { Session, type User } from './entities.js';

export interface GraphQLContext {
  readonly req: { readonly headers: { readonly cookie?: string } };
  user?: User;
}

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly em: EntityManager) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const context = GqlExecutionContext.create(execution).getContext<GraphQLContext>();
    const token = /(?:^|; )session=([^;]+)/.exec(context.req.headers.cookie ?? '')?.[1];
    if (!token) return false;
    const tokenHash = createHash('sha256').update(token).digest('hex');
    const session = await this.em.findOne(
      Session,
      { tokenHash, expiresAt: { $gt: new Date() } },
      { populate: ['user'] },
    );
    context.user = session?.user;
    return session !== null;
  }
}
