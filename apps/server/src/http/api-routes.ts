import { createHash } from 'node:crypto'
import { requirePermission } from '@kaibo/contract/access'
import { allEndpoints } from '@kaibo/contract/api'
import type { EndpointDef, EndpointGroup } from '@kaibo/contract/endpoint'
import { fail } from '@kaibo/contract/fail'
import { pictureBytesMax } from '@kaibo/contract/files'
import type { Ctx, Handlers } from '@kaibo/contract/handlers'
import type { Actor } from '@kaibo/contract/permissions'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LimitCall } from './limits.ts'
import type { Sessions } from './session.ts'

type AnyHandler = (ctx: Ctx, input: never) => Promise<unknown>
/** `noun.verb` → handler. */
export type HandlerTable = ReadonlyMap<string, AnyHandler>

/** What a call did, for the audit log. */
export type AuditNote = {
  actor: Actor
  action: string
  subject: string
  detail: Record<string, unknown>
  ip: string
  requestId: string
}

export type ApiNeeds = {
  handlers: HandlerTable
  sessions: Sessions
  limit: LimitCall
  audit(note: AuditNote): Promise<void>
  /** Runs an unsafe money call once per key; replays answer alike. */
  idempotent(
    call: { key: string; actorId: string; operation: string; requestHash: string },
    run: () => Promise<unknown>,
  ): Promise<unknown>
}

/** Gathers the handlers of the modules under their nouns. */
export function handlerTable(
  groups: Readonly<Record<string, Handlers<EndpointGroup>>>,
): HandlerTable {
  const table = new Map<string, AnyHandler>()
  for (const [noun, handlers] of Object.entries(groups)) {
    for (const [verb, handler] of Object.entries(handlers)) table.set(`${noun}.${verb}`, handler)
  }
  return table
}

/** Registers every endpoint of the contract. Throws at boot when one has no handler. */
export function registerApi(app: FastifyInstance, needs: ApiNeeds): void {
  for (const { name, def } of allEndpoints()) {
    const handler = needs.handlers.get(name)
    if (!handler) throw new Error(`no handler for ${name}`)
    const run = runnerOf({ name, def, handler }, needs)
    app.route({
      method: def.method,
      url: `/api${def.path}`,
      schema: schemaOf(def),
      config: { endpoint: name },
      ...(def.body === 'bytes' ? { bodyLimit: pictureBytesMax } : {}),
      handler: run,
    })
  }
}

function schemaOf(def: EndpointDef) {
  return {
    ...(def.params ? { params: def.params } : {}),
    ...(def.query ? { querystring: def.query } : {}),
    ...(def.body && def.body !== 'bytes' ? { body: def.body } : {}),
    ...(def.reply === 'bytes' ? {} : { response: { 200: def.reply } }),
  }
}

type Route = { name: string; def: EndpointDef; handler: AnyHandler }

function runnerOf({ name, def, handler }: Route, needs: ApiNeeds) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const actor = await needs.sessions.actorOf(request)
    needs.limit(def.rate, actor.kind === 'user' ? actor.userId : request.ip)
    if (def.can !== 'public') requirePermission(actor, def.can)

    const ctx = contextOf({ request, reply, actor, def }, needs.sessions)
    const input = inputOf(request, def)
    const call = () => handler(ctx, input as never)
    const answer =
      ctx.idempotencyKey === null ? await call() : await once({ ctx, name, input }, { needs, call })

    if (def.audit !== 'none') await needs.audit(noteOf({ ctx, name, input, answer }))
    if (def.reply !== 'bytes') return answer
    return sendBytes(reply, answer as { bytes: Uint8Array; contentType: string })
  }
}

type CallFacts = { request: FastifyRequest; reply: FastifyReply; actor: Actor; def: EndpointDef }

function contextOf({ request, reply, actor, def }: CallFacts, sessions: Sessions): Ctx {
  return {
    actor,
    requestId: request.id,
    ip: request.ip,
    host: request.host,
    deviceId: () => sessions.deviceId(request, reply),
    idempotencyKey: def.idempotency === 'key' ? idempotencyKey(request) : null,
    setSession: token => sessions.set(reply, token),
  }
}

function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key)) {
    throw fail('request.idempotency_key_missing')
  }
  return key
}

function inputOf(request: FastifyRequest, def: EndpointDef): Record<string, unknown> {
  const params = request.params as Record<string, unknown>
  if (def.body === 'bytes') {
    const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array()
    return { ...params, bytes, contentType: request.headers['content-type'] ?? '' }
  }
  return { ...params, ...(request.query as object), ...(request.body as object | undefined) }
}

type OnceFacts = { ctx: Ctx; name: string; input: Record<string, unknown> }

function once(
  { ctx, name, input }: OnceFacts,
  { needs, call }: { needs: ApiNeeds; call: () => Promise<unknown> },
) {
  if (ctx.actor.kind !== 'user' || ctx.idempotencyKey === null) throw fail('auth.required')
  const requestHash = createHash('sha256').update(JSON.stringify(input)).digest('hex')
  const key = { key: ctx.idempotencyKey, actorId: ctx.actor.userId, operation: name, requestHash }
  return needs.idempotent(key, call)
}

function noteOf({ ctx, name, input, answer }: OnceFacts & { answer: unknown }): AuditNote {
  const { id, shopId } = { id: null, shopId: null, ...input } as { id: unknown; shopId: unknown }
  const made = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null
  const subject = [shopId, id ?? made].filter(part => typeof part === 'string').join('/')
  return {
    actor: ctx.actor,
    action: name,
    subject,
    detail: input,
    ip: ctx.ip,
    requestId: ctx.requestId,
  }
}

function sendBytes(
  reply: FastifyReply,
  file: { bytes: Uint8Array; contentType: string },
): FastifyReply {
  return reply
    .header('content-type', file.contentType)
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(Buffer.from(file.bytes))
}
