// What is refused before GraphQL begins — not JSON, too big, a wrong method — in the words of GraphQL all the same, so
// that a client needs one way to read an answer. Nothing from inside is told, at any path.
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorCode } from '../core/errors.js';
import { newId } from '../core/ids.js';
import { log } from '../core/logging.js';

const METHODS = 'GET, POST, OPTIONS';

@Catch()
export class Refusals implements ExceptionFilter {
  constructor(private readonly graphqlPath: string) {}

  /** What a resolver throws is told by the gateway, once: it is given back, to keep the framework from logging it too. */
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<'http' | 'graphql'>() === 'graphql') return error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = refusalIn(error);
    const atGraphQL = pathOf(host.switchToHttp().getRequest()) === this.graphqlPath;
    if (!refusal) return reply.code(500).send(unexpected(error));
    if (!atGraphQL) return reply.code(refusal.getStatus()).send(refusal.getResponse());
    if (refusal.getStatus() !== 404) return reply.code(refusal.getStatus()).send(badRequest(refusal.message));
    return reply.code(405).header('allow', METHODS).send(badRequest('This address takes POST, and queries by GET.'));
  }
}

/** What the framework, or the server below it, calls the caller's own fault: a body that broke off is one, too. */
function refusalIn(error: unknown): HttpException | null {
  if (error instanceof HttpException) return error.getStatus() < 500 ? error : null;
  const { statusCode = 500 } = (error ?? {}) as { statusCode?: number };
  return statusCode >= 400 && statusCode < 500 ? new HttpException('The request could not be read.', statusCode) : null;
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

const badRequest = (message: string) => ({ errors: [{ message, extensions: { code: ErrorCode.BAD_REQUEST } }] });

function unexpected(error: unknown) {
  const id = newId();
  log.error({ err: error, id }, 'Unexpected error');
  const message = 'Something went wrong on our side. The id stands in the log of the server.';
  return { errors: [{ message, extensions: { code: ErrorCode.INTERNAL_SERVER_ERROR, id } }] };
}
