import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@kaibo/kernel/fail'
import type { Database } from './database.ts'

/** Names one unsafe request: a client that repeats it repeats these. */
export type RequestKey = {
  /** The client's `Idempotency-Key`. */
  key: string
  actorId: string
  /** The endpoint, e.g. `order.place`. */
  operation: string
  /** Hash of everything the client asked for. */
  requestHash: string
}

export type StoredReply<R> = { status: number; reply: R }

export type IdempotencyLimits = {
  /** How long a repeated request waits for the first one. Default 5 s. */
  waitMs?: number
  /** A request that runs longer counts as killed and is run again. Default 60 s. */
  takeOverMs?: number
}

const keepHours = 24
const waitMsDefault = 5_000
const takeOverMsDefault = 60_000
const pollMs = 50
const purgeMax = 5_000

/**
 * Gives a repeated request the reply of the first one.
 *
 * Guaranteed: a reply that was stored is replayed for 24 hours; two requests with one key do not run
 * side by side as long as each finishes within `takeOverMs`. Not guaranteed: that `fn` runs once. A
 * process killed after its effect and before its reply was stored leaves the row `running`; after
 * `takeOverMs` the next repeat runs `fn` again. So the effect itself must be unique by a key made
 * from the request (order id, refund id) and answer the same when it finds itself done.
 * A thrown error is not kept: the repeat runs again.
 *
 * Throws `request.idempotency_mismatch` when the key came with another request before, and
 * `request.in_progress` when the first one is still running after `waitMs`.
 */
export async function idempotent<R>(
  database: Database,
  {
    waitMs = waitMsDefault,
    takeOverMs = takeOverMsDefault,
    ...request
  }: RequestKey & IdempotencyLimits,
  fn: () => Promise<StoredReply<R>>,
): Promise<StoredReply<R>> {
  for (const until = Date.now() + waitMs; ; await delay(pollMs)) {
    const owner = await claim(database, request, takeOverMs)
    if (owner) return runAndStore(database, { ...request, owner }, fn)
    const stored = await find<R>(database, request)
    if (stored?.request_hash && stored.request_hash !== request.requestHash) {
      throw new AppError('request.idempotency_mismatch')
    }
    if (stored?.state === 'done') return { status: stored.status, reply: stored.reply }
    if (Date.now() >= until) throw new AppError('request.in_progress')
  }
}

/** Deletes expired replies. Returns how many. */
export async function purgeIdempotency(database: Database): Promise<number> {
  const rows = await database.query(
    'idempotency-purge',
    `delete from idempotency_key where (actor_id, operation, key) in (
       select actor_id, operation, key from idempotency_key where expires_at < now() limit $1)
     returning 1`,
    [purgeMax],
  )
  return rows.length
}

/** Takes the key if it is new, expired, or left by a killed process. Returns the token of ownership. */
async function claim(
  database: Database,
  { actorId, operation, key, requestHash }: RequestKey,
  takeOverMs: number,
): Promise<string | undefined> {
  const owner = randomUUID()
  const rows = await database.query(
    'idempotency-claim',
    `insert into idempotency_key as held
       (actor_id, operation, key, request_hash, state, owner, expires_at)
     values ($1, $2, $3, $4, 'running', $5, now() + $6 * interval '1 hour')
     on conflict (actor_id, operation, key) do update set
       request_hash = excluded.request_hash, state = 'running', owner = excluded.owner,
       status = null, reply = null, started_at = now(), expires_at = excluded.expires_at
     where held.expires_at < now()
        or (held.state = 'running' and held.request_hash = excluded.request_hash
            and held.started_at < now() - $7 * interval '1 millisecond')
     returning 1`,
    [actorId, operation, key, requestHash, owner, keepHours, takeOverMs],
  )
  return rows.length > 0 ? owner : undefined
}

type Held<R> = { request_hash: string } & (
  | { state: 'running' }
  | { state: 'done'; status: number; reply: R }
)

async function find<R>(database: Database, request: RequestKey): Promise<Held<R> | undefined> {
  const [held] = await database.query<Held<R>>(
    'idempotency-find',
    `select request_hash, state, status, reply from idempotency_key
     where actor_id = $1 and operation = $2 and key = $3`,
    [request.actorId, request.operation, request.key],
  )
  return held
}

async function runAndStore<R>(
  database: Database,
  request: RequestKey & { owner: string },
  fn: () => Promise<StoredReply<R>>,
): Promise<StoredReply<R>> {
  const row = [request.actorId, request.operation, request.key, request.owner]
  try {
    const done = await fn()
    await database.query(
      'idempotency-done',
      `update idempotency_key set state = 'done', status = $5, reply = $6
       where actor_id = $1 and operation = $2 and key = $3 and owner = $4`,
      [...row, done.status, JSON.stringify(done.reply)],
    )
    return done
  } catch (error) {
    await database
      .query(
        'idempotency-forget',
        `delete from idempotency_key
         where actor_id = $1 and operation = $2 and key = $3 and owner = $4`,
        row,
      )
      // The error of the request matters more; the row is taken over later.
      .catch(() => {})
    throw error
  }
}
