import { createHash } from 'node:crypto'
import { allEndpoints } from '@kaibo/contract/api'
import { requirePermission } from '@kaibo/contract/core/access'
import type { EndpointDef, EndpointGroup, FileReply } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import type { Ctx, Handlers } from '@kaibo/contract/core/handlers'
import type { Actor } from '@kaibo/contract/core/permissions'
import { pictureBytesMax } from '@kaibo/contract/people/files'
import type { AuditFact } from '@kaibo/modules/audit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { sendBytes } from './bytes/send-bytes.ts'
import { addressKey, type LimitCall } from './limits.ts'
import type { Proxies } from './proxies.ts'
import type { Sessions } from './session.ts'
import { createSharedReads } from './shared-reads.ts'
import type { Site } from './site.ts'
import { schemaOf } from './validation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; known before anything of the body is read. */
    actor: Actor
  }
}

const visitor: Actor = { kind: 'visitor' }

type AnyHandler = (ctx: Ctx, input: never) => Promise<unknown>
/** `noun.verb` → handler. */
export type HandlerTable = ReadonlyMap<string, AnyHandler>

export type ApiNeeds = {
  handlers: HandlerTable
  sessions: Sessions
  site: Pick<Site, 'hostOf'>
  proxies: Pick<Proxies, 'clientOf'>
  limit: LimitCall
  audit(fact: AuditFact): Promise<void>
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
  app.decorateRequest('actor')
  for (const { name, def } of allEndpoints()) {
    const handler = needs.handlers.get(name)
    if (!handler) throw new Error(`no handler for ${name}`)
    app.route({
      method: def.method,
      url: `/api${def.path}`,
      schema: schemaOf(def),
      config: { endpoint: name },
      ...(def.body === 'bytes' ? { bodyLimit: def.bodyBytesMax ?? pictureBytesMax } : {}),
      onRequest: async request => admit(request, def, needs),
      handler: runnerOf({ name, def, handler }, needs),
    })
  }
}

/** Who calls, how often, and with what right: judged before a byte of the body is read. */
async function admit(request: FastifyRequest, def: EndpointDef, needs: ApiNeeds): Promise<void> {
  const actor = await needs.sessions.actorOf(request)
  const caller =
    actor.kind === 'user' ? actor.userId : addressKey(needs.proxies.clientOf(request.raw))
  needs.limit(def.rate, caller)
  if (def.can !== 'public') requirePermission(actor, def.can)
  request.actor = actor
}

type Route = { name: string; def: EndpointDef; handler: AnyHandler }

function runnerOf({ name, def, handler }: Route, needs: ApiNeeds) {
  const runFor = runsOf(def, needs)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const ctx = contextOf({ request, reply, def }, needs)
    const work = { ctx, name, input: inputOf(request, def) }
    const answer = await runFor(work, as => handler(as, work.input as never))
    if (def.audit !== 'none') await needs.audit(noteOf({ ...work, answer }))
    if (def.reply !== 'bytes') return answer
    return sendBytes(reply, def, answer as FileReply)
  }
}

type Work = { ctx: Ctx; name: string; input: Record<string, unknown> }
type RunFor = (work: Work, run: (ctx: Ctx) => Promise<unknown>) => Promise<unknown>

/** How often a handler runs: once per request, once per idempotency key, or once for many readers. */
function runsOf(def: EndpointDef, needs: ApiNeeds): RunFor {
  if (def.idempotency === 'key') return (work, run) => once(work, { needs, run })
  if (def.method !== 'GET' || def.scope !== 'public') return ({ ctx }, run) => run(ctx)
  const share = createSharedReads()
  return ({ ctx, input }, run) =>
    // What everybody sees alike: read as nobody, so that nothing of the first asker leaks.
    share(`${ctx.host} ${JSON.stringify(input)}`, () => run({ ...ctx, actor: visitor }))
}

type CallFacts = { request: FastifyRequest; reply: FastifyReply; def: EndpointDef }

function contextOf({ request, reply, def }: CallFacts, { sessions, site, proxies }: ApiNeeds): Ctx {
  return {
    actor: request.actor,
    requestId: request.id,
    ip: proxies.clientOf(request.raw),
    host: site.hostOf(request.host),
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

/** The declared parts in one flat object; their names never clash (a test sees to that). */
function inputOf(request: FastifyRequest, def: EndpointDef): Record<string, unknown> {
  const { params, query, body, headers } = request
  const input: Record<string, unknown> = {}
  if (def.params) Object.assign(input, params)
  if (def.query) Object.assign(input, query)
  if (def.body === 'bytes') {
    input.bytes = body instanceof Uint8Array ? body : new Uint8Array()
    input.contentType = headers['content-type'] ?? ''
  } else if (def.body) Object.assign(input, body)
  return input
}

function once(
  { ctx, name, input }: Work,
  { needs, run }: { needs: ApiNeeds; run: (ctx: Ctx) => Promise<unknown> },
) {
  if (ctx.actor.kind !== 'user' || ctx.idempotencyKey === null) throw fail('auth.required')
  const requestHash = createHash('sha256').update(JSON.stringify(input)).digest('hex')
  const key = { key: ctx.idempotencyKey, actorId: ctx.actor.userId, operation: name, requestHash }
  return needs.idempotent(key, () => run(ctx))
}

function noteOf({ ctx, name, input, answer }: Work & { answer: unknown }): AuditFact {
  const { id, shopId } = { id: null, shopId: null, ...input } as { id: unknown; shopId: unknown }
  const made = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : null
  const subject = [shopId, id ?? made].filter(part => typeof part === 'string').join('/')
  return {
    actor: doerOf(ctx.actor, answer),
    action: name,
    subject,
    detail: withoutBytes(input),
    ip: ctx.ip,
    requestId: ctx.requestId,
  }
}

/** An upload is noted by its size. */
const withoutBytes = ({ bytes, ...rest }: Record<string, unknown>): Record<string, unknown> =>
  bytes instanceof Uint8Array ? { ...rest, byteCount: bytes.byteLength } : rest

const SignedIn = Type.Object({ me: Type.Object({ user: Type.Object({ id: Type.String() }) }) })

/** Whoever signs in calls as a visitor still: the answer says who it was. */
const doerOf = (actor: Actor, answer: unknown): AuditFact['actor'] =>
  actor.kind === 'visitor' && Value.Check(SignedIn, answer)
    ? { kind: 'user', userId: answer.me.user.id }
    : actor
